/** Engines that are already on this machine. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathFolders, processVariables } from '../../io/process/process-environment.ts';
import { run } from '../../io/process/processes.ts';
import { cacheFolder } from '../../io/state.ts';
import { engineVersion, fits } from './version.ts';

/** Where an engine of ours lies: shared by all clones of this user, one folder for each version. */
export const cachedRoot = join(cacheFolder, 'engine', engineVersion);

/** The first `pulumi` on PATH that fits. @throws Error with the reason when there is none. */
export async function fromPath(): Promise<string> {
  const reasons: string[] = [];
  for (const command of commandsIn(pathFolders())) {
    const fault = await faultOf(command);
    if (!fault) return command;
    reasons.push(fault);
  }
  throw new Error(reasons.join('; ') || 'not there');
}

/** @throws Error when the cache holds no engine that runs. */
export async function fromCache(): Promise<string> {
  const command = join(cachedRoot, 'bin', 'pulumi');
  if (!existsSync(command)) throw new Error(`${cachedRoot} does not exist`);
  const fault = await faultOf(command);
  if (fault) throw new Error(fault);
  return command;
}

/** What is wrong with this engine; undefined when it runs and fits. */
export async function faultOf(command: string): Promise<string | undefined> {
  try {
    const version = await versionOf(command);
    return fits(version) ? undefined : `${command} is version ${version}, too old or of another major version`;
  } catch (error) {
    return `${command} does not run (${firstLine(error)})`;
  }
}

/** Versions that were asked for, so that a program is started once for it. */
const known = new Map<string, string>();

async function versionOf(command: string): Promise<string> {
  const before = known.get(command);
  if (before !== undefined && existsSync(command)) return before;
  const { stdout } = await run(command, ['version'], { timeout: 20_000, env: { ...processVariables(), PULUMI_SKIP_UPDATE_CHECK: '1' } });
  known.set(command, stdout.trim());
  return stdout.trim();
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
}

/**
 * Version of the engine that is on this machine; undefined when there is none that fits. Nothing is
 * downloaded or built.
 */
export async function engineVersionHere(folders = pathFolders()): Promise<string | undefined> {
  for (const command of [...commandsIn(folders), join(cachedRoot, 'bin', 'pulumi')]) {
    const version = existsSync(command) ? await versionOf(command).catch(() => '') : '';
    if (fits(version)) return version.replace(/^v/, '');
  }
  return undefined;
}

function commandsIn(folders: readonly string[]): string[] {
  const commands = folders.map((folder) => join(folder, 'pulumi'));
  return commands.filter((command) => command.startsWith('/') && existsSync(command));
}
