/** The only reader of `dojang.config.ts`. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Environment, environmentOf } from '../../lib/config/environment.ts';
import { DojangError, messageOf } from '../../lib/errors.ts';
import { root } from './state.ts';

/** The configuration of this clone. */
export const configFile = join(root, 'dojang.config.ts');

/** What the file exports, unchecked. @throws DojangError `no-config` or `unreadable-config`. */
export async function readConfig(): Promise<unknown> {
  if (!existsSync(configFile)) {
    throw new DojangError('no-config', `no configuration at ${configFile}`, {
      next: 'dojang init writes one with every setting explained',
    });
  }
  const exported = await import(pathToFileURL(configFile).href).catch((cause: unknown) => {
    throw new DojangError('unreadable-config', `${configFile} cannot be read: ${messageOf(cause)}`, {
      next: 'correct it; it is a TypeScript module whose default export is defineService({...})',
      cause,
    });
  });
  return (exported as { default?: unknown }).default;
}

/** One environment, checked. @throws ConfigError with every fault of the file. */
export async function loadConfig(environment: string): Promise<Environment> {
  return environmentOf(await readConfig(), environment);
}
