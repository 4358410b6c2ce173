/** Every process that a test run has started, directly or not. */
import { readFileSync } from 'node:fs';
import { processes, type RunningProcess } from '../../scripts/io/gcp/engine/processes.ts';

/** The program that watches over a run names its folder without being of the run. */
export const watcherProgram = 'test/run/watcher.ts';

/**
 * Processes that have the folder of the run in their arguments or as their TMPDIR, and the
 * descendants of these: a daemon has left the process tree of the runner, a command in a clean
 * environment has no TMPDIR, and each is found by one of the three.
 */
export function processesOfRun(folder: string): RunningProcess[] {
  const running = processes().filter(({ pid, args }) => pid !== process.pid && !args.includes(watcherProgram));
  const found = new Set(running.filter((each) => belongsTo(folder, each)).map(({ pid }) => pid));
  const parents = new Map(running.map(({ pid }) => [pid, parentOf(pid)]));
  return running.filter(({ pid }) => lineOf(pid, parents).some((ancestor) => found.has(ancestor)));
}

function belongsTo(folder: string, { pid, args }: RunningProcess): boolean {
  return args.includes(`${folder}/`) || args.endsWith(folder) || environmentOf(pid).some((variable) => isTemporaryFolder(variable, folder));
}

function isTemporaryFolder(variable: string, folder: string): boolean {
  return variable === `TMPDIR=${folder}` || variable.startsWith(`TMPDIR=${folder}/`);
}

/** The process and its ancestors. */
function lineOf(pid: number, parents: ReadonlyMap<number, number>): number[] {
  const line = [pid];
  for (let parent = parents.get(pid); parent !== undefined && !line.includes(parent); parent = parents.get(parent)) line.push(parent);
  return line;
}

function environmentOf(pid: number): string[] {
  return textOf(`/proc/${pid}/environ`).split('\0');
}

function parentOf(pid: number): number {
  return Number(/^PPid:\t(\d+)$/m.exec(textOf(`/proc/${pid}/status`))?.[1] ?? 0);
}

/** Empty for a process of another user, for one that has ended, and where there is no /proc. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
