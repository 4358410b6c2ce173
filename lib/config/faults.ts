/**
 * Everything that is wrong with a written configuration: its path, the value and the remedy, all at
 * once.
 */

import * as z from 'zod';
import { DojangError } from '../errors/dojang-error.ts';
import { tableLines } from '../text/table.ts';
import { counted } from '../values/counted.ts';
import { rules } from './rules.ts';
import { environmentSchema, serviceSchema } from './schema/schema.ts';
import { askValidParts } from './valid-parts.ts';

export interface ConfigFault {
  /** Like `environments.prod.aws.ssh.from[0]`. */
  readonly path: string;
  /** Starts with the offending value and ends with the remedy. */
  readonly message: string;
}

/** All faults of a configuration in one error. */
export class ConfigError extends DojangError {
  readonly faults: readonly ConfigFault[];

  constructor(faults: readonly ConfigFault[]) {
    super('config-faults', `dojang.config.ts has ${counted(faults.length, 'fault')}\n${table(faults)}`, {
      next: 'correct the lines above, then run dojang config check',
    });
    this.faults = faults;
  }
}

/** Everything wrong with a configuration, as written; empty when it is right. */
export function faultsOf(written: unknown): ConfigFault[] {
  const parsed = serviceSchema.safeParse(written, { error: faultMessage });
  const ofFields = parsed.success ? [] : parsed.error.issues.flatMap(faultsOfIssue);
  return [...ofFields, ...faultsOfRules(written)].sort((one, other) => (one.path < other.path ? -1 : 1));
}

/** What zod's own checks say; the checks in `schema.ts` bring their own words. */
const faultMessage: z.core.$ZodErrorMap = (issue) => {
  if (issue.code === 'unrecognized_keys') return `unknown setting; known here: ${knownKeys(issue.inst).join(', ')}`;
  if (issue.input === undefined) return 'is missing; dojang init writes a configuration that explains every setting';
  const value = JSON.stringify(issue.input);
  if (issue.code === 'invalid_type') return `${value} must be ${/^[aeiou]/.test(issue.expected) ? 'an' : 'a'} ${issue.expected}`;
  if (issue.code === 'too_small') return `${value} is too small; at least ${issue.minimum}`;
  if (issue.code === 'too_big') return `${value} is too large; at most ${issue.maximum}`;
  if (issue.code === 'invalid_value') return `${value} is not one of ${issue.values.map(String).join(', ')}`;
  return `${value} is not allowed here`;
};

function knownKeys(schema: z.core.$ZodType | unknown): string[] {
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}

function faultsOfIssue(issue: z.core.$ZodIssue): ConfigFault[] {
  const { message } = issue;
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => ({ path: pathText([...issue.path, key]), message }));
  if (issue.code === 'invalid_key') return issue.issues.map((inner) => ({ path: pathText(issue.path), message: inner.message }));
  return [{ path: pathText(issue.path), message }];
}

/**
 * Rules speak of settings together. A rule is asked as soon as the settings it reads are right,
 * whatever else is wrong.
 */
function faultsOfRules(written: unknown): ConfigFault[] {
  const environments = (written as { environments?: unknown } | null | undefined)?.environments;
  if (typeof environments !== 'object' || environments === null) return [];
  return Object.entries(environments).flatMap(([name, settings]) => {
    return rules
      .flatMap((rule) => askValidParts(environmentSchema, settings, rule) ?? [])
      .map(({ path, message }) => ({ path: pathText(['environments', name, ...path]), message }));
  });
}

function pathText(path: readonly PropertyKey[]): string {
  const text = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  return text.replace(/^\./, '') || '(the whole file)';
}

function table(faults: readonly ConfigFault[]): string {
  return tableLines(
    [{}, { gap: 3 }],
    faults.map(({ path, message }) => [path, message]),
  ).join('\n');
}
