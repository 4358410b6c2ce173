/**
 * State of the booted machine, for the embedded GCP: whether it is on, and whether it has the data
 * disk mounted.
 */
import { join } from 'node:path';
import { readJson } from '../../../io/state.ts';
import { diskFile, diskName, filesOf, type MachineRecord } from '../../hosts/files.ts';
import { isMounted, markDamaged } from '../../hosts/machine/disk.ts';
import { runnerOf } from '../../hosts/machine/nspawn.ts';
import { identityOf } from './identity.ts';
import type { CloudResource, Store } from './store.ts';

/** The hosts' folder lies beside the cloud's. */
const hostsBeside = (store: Pick<Store, 'folder'>) => join(store.folder, '..', 'hosts');

/**
 * Whether the machine still runs, also one that is just ending its services. Without hosts none
 * does.
 */
export function isBooted(store: Pick<Store, 'folder'>, instance: CloudResource): boolean {
  const { root, record } = filesOf(hostsBeside(store), 'gcp');
  return readJson<MachineRecord>(record)?.instanceId === identityOf(instance) && runnerOf(root) !== undefined;
}

/**
 * Google detaches a disk from under a mounted file system when it is asked to, and what was being
 * written is lost or torn (https://cloud.google.com/compute/docs/disks/detach-persistent-disk).
 * Here the disk is then damaged for certain.
 */
export function pullDisk(store: Pick<Store, 'folder'>, disk: CloudResource): boolean {
  const file = diskFile(hostsBeside(store), 'gcp', diskName(identityOf(disk)));
  if (!isMounted(file)) return false;
  markDamaged(file);
  return true;
}
