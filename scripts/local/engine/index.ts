/**
 * How the Pulumi engine is found: on PATH, in the cache, downloaded, or built from its published
 * modules.
 */
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DojangError, messageOf } from '../../../lib/errors/dojang-error.ts';
import type { Progress } from '../../../lib/ports/reporter.ts';
import { pathFolders } from '../../io/process/process-environment.ts';
import { buildFromModule } from './build.ts';
import { download } from './download.ts';
import { fromCache, fromPath } from './existing.ts';
import { engineVersion } from './version.ts';

export interface Engine {
  /** Absolute path of `pulumi`. */
  readonly command: string;
  /**
   * The folder that has it as `bin/pulumi`, as the Automation API wants it; undefined when it lies
   * in another folder.
   */
  readonly root: string | undefined;
}

/**
 * One place an engine may come from. It answers the path of `pulumi`, or throws a reason why it has
 * none.
 */
export interface EngineSource {
  /** Name in messages, like `the official download`. */
  readonly name: string;
  find(progress: Progress): Promise<string>;
}

const present: readonly EngineSource[] = [
  { name: 'pulumi on PATH', find: fromPath },
  { name: "this user's cache", find: fromCache },
];

const sources: readonly EngineSource[] = [
  ...present,
  { name: 'the official download', find: download },
  { name: 'a build from its published Go modules', find: buildFromModule },
];

/**
 * The engine from the first source that has one.
 * @throws DojangError `no-engine` with what each source said, `wrong-checksum` when a download is
 *   not what was released
 */
export async function ensureEngine(progress: Progress, from: readonly EngineSource[] = sources): Promise<Engine> {
  const reasons: string[] = [];
  for (const source of from) {
    try {
      return engineAt(await source.find(progress));
    } catch (error) {
      // Something else than what was released is no reason to look elsewhere without a word.
      if (error instanceof DojangError && error.code === 'wrong-checksum') throw error;
      reasons.push(`${source.name}: ${messageOf(error)}`);
    }
  }
  throw new DojangError('no-engine', `no Pulumi engine for the GCP side\n    ${reasons.join('\n    ')}`, {
    why: 'The engine is the pulumi command, version 3.250 or later.',
    next: `install Pulumi ${engineVersion} (https://www.pulumi.com/docs/install/), or Go 1.26 (https://go.dev/dl/) to have it built, then run this again`,
  });
}

/**
 * The engine that is on this machine: for a command that only looks, and must not download for a
 * minute or build for some.
 * @throws DojangError `no-engine`
 */
export async function presentEngine(progress: Progress, from: readonly EngineSource[] = present): Promise<Engine> {
  try {
    return await ensureEngine(progress, from);
  } catch (error) {
    throw error instanceof DojangError ? new DojangError(error.code, error.message, { why: error.why, next: 'dojang up gets one' }) : error;
  }
}

/**
 * The folder with our language host, needed on PATH by a `pulumi` that the operator types;
 * undefined when the engine brings the official one. The archive that Pulumi publishes does; an
 * engine built from Go modules does not.
 */
export function languageHostFolder(engine: Engine, folders = pathFolders()): string | undefined {
  const host = 'pulumi-language-nodejs';
  const others = [dirname(engine.command), ...folders].filter((folder) => folder !== '' && folder !== import.meta.dirname);
  return others.some((folder) => existsSync(join(folder, host))) ? undefined : import.meta.dirname;
}

function engineAt(command: string): Engine {
  const folder = dirname(command);
  return { command, root: basename(folder) === 'bin' && basename(command) === 'pulumi' ? dirname(folder) : undefined };
}
