/**
 * State of the booted machine, for the embedded GCP: whether it is on, and whether it has the data
 * disk mounted.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { paths } from '../../../../lib/host/paths.ts';
import { readJson, remove } from '../../../io/state.ts';
import { diskFile, diskName, filesOf, type MachineRecord, nodesOf } from '../../hosts/files.ts';
import { copyDisk, isMounted, markDamaged, restoredFile } from '../../hosts/machine/disk.ts';
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
  const file = fileOf(store, disk);
  if (!isMounted(file)) return false;
  markDamaged(file);
  return true;
}

const snapshotFile = (store: Pick<Store, 'folder'>, snapshot: string) => join(hostsBeside(store), 'snapshots', `gcp-${snapshot}.ext4`);

const fileOf = (store: Pick<Store, 'folder'>, disk: CloudResource) => diskFile(hostsBeside(store), 'gcp', diskName(identityOf(disk)));

/** Keeps what a disk holds at this moment; nothing where there are no hosts. */
export async function keepContents(store: Pick<Store, 'folder'>, disk: CloudResource, snapshot: string): Promise<void> {
  const file = fileOf(store, disk);
  const source = [file, restoredFile(file)].find((each) => existsSync(each));
  if (source) await copyDisk(source, snapshotFile(store, snapshot), mountedAt(store, disk));
}

/** Gives a new disk what the snapshot has kept, which it begins with when it is attached first. */
export async function restoreContents(store: Pick<Store, 'folder'>, disk: CloudResource, snapshot: string): Promise<void> {
  const kept = snapshotFile(store, snapshot);
  if (existsSync(kept)) await copyDisk(kept, restoredFile(fileOf(store, disk)));
}

export function forgetContents(store: Pick<Store, 'folder'>, snapshot: string): void {
  remove(snapshotFile(store, snapshot));
}

/** Where the booted machine has this disk mounted, as this computer sees it. */
function mountedAt(store: Pick<Store, 'folder'>, disk: CloudResource): string | undefined {
  const hosts = hostsBeside(store);
  if (readJson<MachineRecord>(filesOf(hosts, 'gcp').record)?.disk !== identityOf(disk)) return undefined;
  const leader = nodesOf(hosts).find(({ host }) => host === 'gcp')?.leader;
  const folder = `/proc/${leader}/root${paths.data}`;
  return leader !== undefined && existsSync(folder) ? folder : undefined;
}
