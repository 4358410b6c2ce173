/** The only reader of `dojang.config.ts`. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Environment, environmentOf } from '../../../lib/config/environment.ts';
import { DojangError, messageOf } from '../../../lib/errors/dojang-error.ts';
import { remove, root, writeText } from '../state.ts';
import { exportedApart } from './config-sandbox.ts';

/** The configuration of this clone. */
export const configFile = join(root, 'dojang.config.ts');

/**
 * What a configuration file exports, unchecked. @throws DojangError `no-config` or
 * `unreadable-config`.
 */
export async function readConfig(file = configFile): Promise<unknown> {
  if (!existsSync(file)) {
    throw new DojangError('no-config', `no configuration at ${file}`, { next: 'dojang init writes one with every setting explained' });
  }
  const exported = await import(pathToFileURL(file).href).catch((cause: unknown) => {
    throw unreadable(file, file, cause);
  });
  return (exported as { default?: unknown }).default;
}

let drafts = 0;

/**
 * What the text of a configuration exports, unchecked: one that is not in its place yet, or that of
 * another revision, which is run apart.
 * @throws DojangError `unreadable-config`, in which it is called `name`.
 */
export async function readConfigText(text: string, name = 'dojang.config.ts'): Promise<unknown> {
  // Beside the real one, as it imports from there; under a name of its own, as two are read at
  // once.
  const draft = join(dirname(configFile), `.dojang.config.${process.pid}.${drafts++}.ts`);
  writeText(draft, text);
  try {
    return await exportedApart(draft);
  } catch (cause) {
    throw unreadable(name, draft, cause);
  } finally {
    remove(draft);
  }
}

function unreadable(name: string, file: string, cause: unknown): DojangError {
  return new DojangError('unreadable-config', `${name}${placeOf(cause, file)} cannot be read: ${messageOf(cause)}`, {
    next: 'correct it; it is a TypeScript module whose default export is defineService({...})',
    cause,
  });
}

/** Line and column of an error within the file, where the error has them. */
function placeOf(cause: unknown, file: string): string {
  const stack = cause instanceof Error ? (cause.stack ?? '') : '';
  const [, place] = stack.slice(stack.indexOf(file) + file.length).match(/^(:\d+(?::\d+)?)/) ?? [];
  return stack.includes(file) && place ? place : '';
}

/**
 * One environment, checked; `chooseBy` as for `environmentOf`. @throws ConfigError with every fault
 * of the file.
 */
export async function loadConfig(environment: string, chooseBy?: string): Promise<Environment> {
  return environmentOf(await readConfig(), environment, chooseBy);
}
