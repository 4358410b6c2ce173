/**
 * What is used in a month, where the bill depends on it: from a file, or from the traffic model of
 * the service.
 */

import { parse as parseYaml } from 'yaml';
import * as z from 'zod';
import { DojangError, messageOf } from '../../errors/dojang-error.ts';
import { counted } from '../../values/counted.ts';
import type { Big } from '../../values/decimal.ts';
import { exact } from '../decimal.ts';

/**
 * Entries are `AWS::EC2::Instance.internet-out-gb` for what all resources of a type use together,
 * divided among them, or `dojang-prod-host/Host.internet-out-gb` for what one uses. Only `hours`
 * and `agent-metrics` of a type are what each of them has.
 */
export interface Usage {
  get(entry: string): Big | undefined;
}

export const noUsage: Usage = { get: () => undefined };

const quantity = z.union([z.number(), z.string()]).transform((written, context) => {
  const number = exact(written);
  if (number && !number.lt('0')) return number;
  context.addIssue({ code: 'custom', message: `${JSON.stringify(written)} is not a quantity; write a number that is not negative` });
  return z.NEVER;
});

const usageFile = z.strictObject({
  version: z.literal(1),
  /** By type or `stack/id`, then by entry: `{ AWS::EC2::Instance: { internet-out-gb: 20 } }`. */
  usage: z.record(z.string(), z.record(z.string(), quantity)),
});

/**
 * The entries of a usage file, YAML or JSON.
 * @throws DojangError `invalid-usage` with every fault at once.
 */
export function parseUsage(text: string, name: string): ReadonlyMap<string, Big> {
  const { success, data, error } = usageFile.safeParse(written(text, name));
  if (!success) {
    throw invalid(
      name,
      error.issues.map(({ path, message }) => `${path.join('.') || 'it'}  ${message}`),
    );
  }
  const entries = Object.entries(data.usage).flatMap(([what, its]) =>
    Object.entries(its).map(([entry, number]) => [`${what}.${entry}`, number] as const),
  );
  return new Map(entries);
}

function written(text: string, name: string): unknown {
  try {
    return parseYaml(text);
  } catch (error) {
    throw invalid(name, [messageOf(error).split('\n')[0] ?? '']);
  }
}

function invalid(name: string, faults: readonly string[]): DojangError {
  const count = counted(faults.length, 'fault');
  return new DojangError('invalid-usage', `${name} has ${count}${faults.map((fault) => `\n    ${fault}`).join('')}`, {
    next: 'write version: 1 and usage: with lines like AWS::EC2::Instance: { internet-out-gb: 20 }',
  });
}

/** Entries of `first` where it has them, of `second` elsewhere. */
export function orElse(first: Usage, second: Usage): Usage {
  return { get: (entry) => first.get(entry) ?? second.get(entry) };
}

/** Remembers which entries were asked for: one that never is has a name that nothing knows. */
export function recorded(usage: Usage): { readonly usage: Usage; readonly asked: ReadonlySet<string> } {
  const asked = new Set<string>();
  return {
    asked,
    usage: {
      get(entry) {
        asked.add(entry);
        return usage.get(entry);
      },
    },
  };
}
