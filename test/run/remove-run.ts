/** Ends and removes everything that a test run has on this machine. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { messageOf } from '../../lib/errors/dojang-error.ts';
import { removeTree } from '../../scripts/local/hosts/image/image.ts';
import { stopHosts } from '../../scripts/local/hosts/index.ts';
import { processesOfRun } from './processes-of-run.ts';

/**
 * What was killed may hold files for a moment, and another process may be removing the same run.
 */
const attempts = 3;
const endSeconds = 10;
/** `<run>/<inner run>/<clone>/.dojang/local/hosts` is the deepest place of hosts. */
const deepest = 5;

/** @returns what could not be removed, one line each; empty when nothing is left */
export async function removeRun(folder: string): Promise<string[]> {
  let faults: string[] = [];
  for (let count = 0; count < attempts && existsSync(folder); count++) faults = await removeOnce(folder);
  return faults;
}

async function removeOnce(folder: string): Promise<string[]> {
  const alive = await killProcesses(folder);
  const faults: string[] = [];
  for (const hosts of hostsFolders(folder, deepest)) {
    await stopHosts(hosts, { forget: true }).catch((error: unknown) => faults.push(`${hosts}: ${messageOf(error)}`));
  }
  await removeTree(folder);
  return [...alive, ...faults, ...(existsSync(folder) ? [`folder ${folder}`] : [])];
}

/** Kills until none is left: one that is being killed may just have started another. */
async function killProcesses(folder: string): Promise<string[]> {
  const end = Date.now() + endSeconds * 1000;
  for (;;) {
    const running = processesOfRun(folder);
    if (running.length === 0 || Date.now() > end) return running.map(({ pid, args }) => `process ${pid}: ${args}`);
    for (const { pid } of running) kill(pid);
    await wait(20);
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Folders in which hosts may have been: they are always called `hosts`. */
function hostsFolders(folder: string, depth: number): string[] {
  const inside = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return inside.flatMap(({ name }) => {
    const path = join(folder, name);
    if (name === 'hosts') return [path];
    return depth > 1 ? hostsFolders(path, depth - 1) : [];
  });
}
