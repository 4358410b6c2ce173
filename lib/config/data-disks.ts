/**
 * What data disks are called. A disk that is made from a snapshot has a name of its own: neither
 * cloud puts other data into a disk that is there, and the one of before is to stay.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

const volume = 'DataVolume';

/**
 * The logical id of the data volume: `DataVolume`, or `DataVolumeSnap0123456789abcdef0` when it is
 * made from `snap-0123456789abcdef0`. CloudFormation has no update for another snapshot of a
 * volume ("Update requires: Updates are not supported"), so that is another resource.
 */
export function dataVolumeId(snapshot: string | undefined): string {
  return snapshot === undefined ? volume : `${volume}Snap${snapshot.replace(/^snap-/, '')}`;
}

/** Whether this is the logical id of a data volume, of today or of before. */
export function isDataVolumeId(id: string): boolean {
  return /^DataVolume(Snap[0-9a-f]+)?$/.test(id);
}

/**
 * The name of the GPU machine's data disk: `base`, or with eight digits that follow from the name
 * of the snapshot. Google allows 63 characters, which a prefix and both names could exceed.
 */
export function dataDiskName(base: string, snapshot: string | undefined): string {
  return snapshot === undefined ? base : `${base}-${bytesToHex(sha256(utf8ToBytes(snapshot))).slice(0, 8)}`;
}

/** Whether a disk of this name is a data disk of the environment with this `base`. */
export function isDataDiskName(base: string, name: unknown): boolean {
  return typeof name === 'string' && (name === base || (name.startsWith(`${base}-`) && /^[0-9a-f]{8}$/.test(name.slice(base.length + 1))));
}
