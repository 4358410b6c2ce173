/** The only reader of `dojang.config.ts`. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Environment, environmentOf } from '../../lib/config/environment.ts';
import { DojangError, messageOf } from '../../lib/errors.ts';
import { root } from './state.ts';

/** The configuration of this clone. */
export const configFile = join(root, 'dojang.config.ts');

/** What a configuration file exports, unchecked. @throws DojangError `no-config` or `unreadable-config`. */
export async function readConfig(file = configFile): Promise<unknown> {
  if (!existsSync(file)) {
    throw new DojangError('no-config', `no configuration at ${file}`, { next: 'dojang init writes one with every setting explained' });
  }
  const exported = await import(pathToFileURL(file).href).catch((cause: unknown) => {
    throw new DojangError('unreadable-config', `${file}${placeOf(cause, file)} cannot be read: ${messageOf(cause)}`, {
      next: 'correct it; it is a TypeScript module whose default export is defineService({...})',
      cause,
    });
  });
  return (exported as { default?: unknown }).default;
}

/** Line and column of an error within the file, where the error tells. */
function placeOf(cause: unknown, file: string): string {
  const stack = cause instanceof Error ? (cause.stack ?? '') : '';
  const [, place] = stack.slice(stack.indexOf(file) + file.length).match(/^(:\d+(?::\d+)?)/) ?? [];
  return stack.includes(file) && place ? place : '';
}

/** One environment, checked. @throws ConfigError with every fault of the file. */
export async function loadConfig(environment: string): Promise<Environment> {
  return environmentOf(await readConfig(), environment);
}
