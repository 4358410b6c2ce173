/**
 * The folder of one test run. All temporary folders of a run, and of every process that it starts,
 * lie in it, because TMPDIR says so; so all that a run has on this machine can be found by this one
 * path, whichever process was killed.
 */
import { lstatSync, mkdtempSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { processes } from '../../scripts/io/gcp/engine/processes.ts';

const prefix = 'dojang-run-';

/** A new folder whose name says which process runs the tests. */
export function createRunFolder(tmp: string): string {
  return mkdtempSync(join(tmp, `${prefix}${process.pid}-`));
}

/**
 * Folders of this user's runs that have ended and whose watcher was killed too. What others have
 * put there, links too, is left alone.
 */
export function abandonedRunFolders(tmp: string): string[] {
  return readdirSync(tmp).flatMap((name) => {
    const [, pid] = new RegExp(`^${prefix}(\\d+)-`).exec(name) ?? [];
    if (pid === undefined || isTestRunner(Number(pid)) || !isOwnFolder(join(tmp, name))) return [];
    return [join(tmp, name)];
  });
}

function isOwnFolder(path: string): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false });
  return found?.isDirectory() === true && found.uid === process.getuid?.();
}

/** A process id is used again after a restart: only a process that runs vitest can be the owner. */
function isTestRunner(pid: number): boolean {
  return processes(pid).some(({ args }) => args.includes('vitest'));
}
