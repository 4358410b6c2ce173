/**
 * The kinds of value a configuration is written in: text in the file, a value object after the
 * check.
 */
import * as z from 'zod';
import { messageOf } from '../../errors/dojang-error.ts';
import { Cidr } from '../../values/cidr.ts';
import { Usd } from '../../values/money.ts';
import { Size } from '../../values/size.ts';

/**
 * Text that a factory turns into a value; what the factory says of a wrong text becomes the fault.
 */
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

export interface DiskKind {
  /** As a sentence names it, like `a gp3 volume`. */
  readonly name: string;
  readonly smallest: Size;
  readonly largest: Size;
}

/** A size of a disk of this kind. Clouds sell whole GiB. */
export const diskSize = ({ name, smallest, largest }: DiskKind) =>
  size.superRefine((value, context) => {
    const sold = !smallest.isMoreThan(value) && !value.isMoreThan(largest);
    if (value.mib % 1024 !== 0) context.addIssue(`${value} is not a whole number of GiB; clouds sell disks in whole GiB`);
    else if (!sold) context.addIssue(`${value} is no size that is sold; ${name} has ${smallest} to ${largest}`);
  });

/** Lower-case letters, digits and hyphens, as both clouds accept in every name we derive. */
export const slug = (longest: number) =>
  z.string().regex(new RegExp(`^[a-z][a-z0-9-]{0,${longest - 2}}[a-z0-9]$`), {
    error: (issue) =>
      `${JSON.stringify(issue.input)} must start with a letter, hold only a-z, 0-9 and -, and be 2 to ${longest} characters long`,
  });

/**
 * An e-mail address goes into templates and command lines: one that could end a word or begin an
 * option is refused.
 */
export const email = z
  .email({ error: (issue) => `${JSON.stringify(issue.input)} is not an e-mail address` })
  .refine((text) => !/^-|['"`]/.test(text), {
    error: (issue) =>
      `${JSON.stringify(issue.input)} holds a quote or begins with a dash, which a command line could take for its own; write another address`,
  });

/**
 * What is written where a value is still missing: `<client-id>`, `my-client-id`, `YOUR_KEY`,
 * `changeme`, `xxxx`, `...`.
 */
const placeholder =
  /[<>{}]|^(insert[-_ ]|((my|the)[-_ ]?)?client[-_ ]?id([^a-z]|$))|^(\.+|x+|todo|tbd|none|null|undefined)$|(^|[^a-z])(your|change[-_ ]?me|replace[-_ ]?me|placeholder)([^a-z]|$)/i;

/** Text that another party gives; `remedy` says which. */
export const givenText = (remedy: string) =>
  z
    .string()
    .min(1)
    .refine((text) => !placeholder.test(text), { error: (issue) => `${JSON.stringify(issue.input)} is a placeholder; ${remedy}` });

export const percent = z.number().int().min(1).max(100);
export const days = z.number().int().min(1).max(365);
export const port = z.number().int().min(1).max(65535);
