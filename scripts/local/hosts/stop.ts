/** Ends everything that the hosts of a clone have on this machine. */
import { existsSync } from 'node:fs';
import { daemonsOf, stopDaemon } from '../../io/process/daemon.ts';
import { remove } from '../../io/state.ts';
import { filesOf, hostNames, writeNodes } from './files.ts';
import { removeTree } from './image/image.ts';
import { detachAllIn, devicesIn } from './machine/disk.ts';
import { powerOff } from './machine/machine.ts';
import { rootsRunningIn } from './machine/nspawn.ts';
import { socketsFolder } from './network/forwarders.ts';
import { removeInternet } from './network/namespaces.ts';
import { prefixOf } from './network/network.ts';

export interface StopOptions {
  /** Trees, disks and records go too. */
  readonly forget: boolean;
}

/**
 * Powers off every host of this folder and takes their namespaces, swap and devices away. Goes by
 * what is there, not by records, so it also ends what a killed daemon left, and what goes on
 * without its folder. Does nothing where no host has ever been.
 */
export async function stopHosts(folder: string, { forget }: StopOptions): Promise<void> {
  if (!existsSync(folder) && !isAnythingLeft(folder)) return;
  await stopDaemon(folder);
  const trees = new Set([...rootsRunningIn(folder), ...hostNames.map((host) => filesOf(folder, host).root)]);
  await Promise.all([...trees].map((root) => powerOff(root)));
  await detachAllIn(folder);
  await removeInternet(prefixOf(folder));
  remove(socketsFolder(prefixOf(folder)));
  if (forget) await removeTree(folder);
  else writeNodes(folder, []);
}

/** Of a folder that was removed while its hosts ran. */
function isAnythingLeft(folder: string): boolean {
  return [daemonsOf, rootsRunningIn, devicesIn].some((find) => find(folder).length > 0);
}
