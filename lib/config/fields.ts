/** The kinds of value a configuration is written in: text in the file, a value object after the check. */
import * as z from 'zod';
import { messageOf } from '../errors.ts';
import { Cidr } from '../values/cidr.ts';
import { Usd } from '../values/money.ts';
import { Size } from '../values/size.ts';

/** Text that a factory turns into a value; what the factory says of a wrong text becomes the fault. */
function made<T>(factory: (text: string) => T) {
  return z.string().transform((text, context) => {
    try {
      return factory(text);
    } catch (error) {
      context.addIssue({ code: 'custom', message: messageOf(error), input: text });
      return z.NEVER;
    }
  });
}

export const cidr = made((text) => Cidr.of(text));
export const size = made((text) => Size.of(text));
export const usd = made((text) => Usd.of(text));

/** A size of a disk. Clouds sell whole GiB. */
export const diskSize = size.refine((value) => value.mib % 1024 === 0, {
  error: (issue) => `${issue.input} is not a whole number of GiB; clouds sell disks in whole GiB`,
});

/** Lower-case letters, digits and hyphens, as both clouds accept in every name we derive. */
export const slug = (longest: number) =>
  z.string().regex(new RegExp(`^[a-z][a-z0-9-]{0,${longest - 2}}[a-z0-9]$`), {
    error: (issue) =>
      `${JSON.stringify(issue.input)} must start with a letter, hold only a-z, 0-9 and -, and be 2 to ${longest} characters long`,
  });

export const email = z.email({ error: (issue) => `${JSON.stringify(issue.input)} is not an e-mail address` });
export const percent = z.number().int().min(1).max(100);
export const days = z.number().int().min(1).max(365);
export const port = z.number().int().min(1).max(65535);
