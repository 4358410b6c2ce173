/**
 * What this machine still has of a folder: everything by which an interrupted run could be noticed
 * later.
 */
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { attempt } from '../../../scripts/local/hosts/command.ts';
import { prefixOf } from '../../../scripts/local/hosts/network/network.ts';
import { processesOfRun } from '../../run/processes-of-run.ts';

/** Beginnings of the names of namespaces that the clones of the runs in this folder have. */
export function prefixesIn(folder: string): string[] {
  return globSync('dojang-run-*/dojang-clone-*/', { cwd: folder }).map((clone) => prefixOf(join(folder, clone, '.dojang/local/hosts')));
}

export interface Leftovers {
  readonly processes: readonly string[];
  readonly namespaces: readonly string[];
  /** Lines of `losetup`, /proc/mounts and /proc/swaps. */
  readonly devices: readonly string[];
  readonly folders: readonly string[];
}

export async function leftoversIn(folder: string, prefixes: readonly string[]): Promise<Leftovers> {
  const loops = (await attempt(['losetup', '--list', '--noheadings', '--raw', '--output', 'NAME,BACK-FILE'])).stdout;
  const lines = [loops, readFileSync('/proc/mounts', 'utf8'), readFileSync('/proc/swaps', 'utf8')].join('\n').split('\n');
  const namespaces = existsSync('/run/netns') ? readdirSync('/run/netns') : [];
  return {
    processes: processesOfRun(folder).map(({ pid, args }) => `${pid} ${args}`),
    namespaces: namespaces.filter((name) => prefixes.some((prefix) => name.startsWith(prefix))),
    devices: lines.filter((line) => line.includes(folder)),
    folders: [...readdirSync(folder), ...prefixes.map((prefix) => `/run/${prefix}`).filter(existsSync)],
  };
}
