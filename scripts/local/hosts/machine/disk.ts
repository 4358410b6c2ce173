/**
 * Data disks: files that belong to a volume of the cloud, not to a machine, shown to hosts as block
 * devices.
 */
import {
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { HostName } from '../../../../lib/ports/host-shell.ts';
import { remove } from '../../../io/state.ts';
import { attempt, command } from '../command.ts';
import { disksFrom } from '../files.ts';

const gib = 1024 ** 3;
/** More would only promise what this machine may not have. */
export const largestGib = 2;

/**
 * Where the contents of a disk that is made from a snapshot wait until it is attached first. Not
 * beside the others: a disk there that its cloud does not list yet would be taken for one that is
 * gone.
 */
export const restoredFile = (file: string) => join(dirname(file), '..', 'restored', basename(file));

/** Copies the image of a disk as it is at one moment; `mounted` is where it is mounted. */
export async function copyDisk(from: string, to: string, mounted?: string): Promise<void> {
  await command(['bash', join(import.meta.dirname, 'copy-disk.sh'), from, to, ...(mounted === undefined ? [] : [mounted])]);
}

/**
 * The device of this disk, made and formatted when it is new, or with the contents of the snapshot
 * that it was made from. A disk that has grown in the cloud grows here, up to `largestGib`.
 */
export async function attachDisk(file: string, sizeGib: number): Promise<string> {
  const size = Math.min(sizeGib, largestGib) * gib;
  if (!existsSync(file) && !takeRestored(file)) await format(file, size);
  const attached = (await devicesOf(file))[0];
  if (attached) return attached;
  if (statSync(file).size < size) truncateSync(file, size);
  const device = (await command(['losetup', '--find', '--show', file])).trim();
  await ensureNode(device);
  return device;
}

function takeRestored(file: string): boolean {
  if (!existsSync(restoredFile(file))) return false;
  mkdirSync(dirname(file), { recursive: true });
  renameSync(restoredFile(file), file);
  return true;
}

/** Lets the device go; the data stays. */
export async function detachDisk(file: string): Promise<void> {
  for (const device of await devicesOf(file)) await command(['losetup', '--detach', device]);
}

/**
 * Whether a file system on it is mounted: the kernel then gives no other process the device,
 * whatever mount namespace the mount is in.
 */
export function isMounted(file: string): boolean {
  return loopDevices().some((name) => readText(`/sys/block/${name}/loop/backing_file`) === file && isClaimed(`/dev/${name}`));
}

function loopDevices(): string[] {
  return existsSync('/sys/block') ? readdirSync('/sys/block').filter((name) => name.startsWith('loop')) : [];
}

function isClaimed(device: string): boolean {
  try {
    closeSync(openSync(device, constants.O_RDONLY | constants.O_EXCL));
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EBUSY';
  }
}

/** Empty for a device without a file. */
function readText(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8').trimEnd() : '';
}

const damageNote = (file: string) => `${file}.damaged`;

/** Notes that the disk was taken from under a mounted file system. */
export function markDamaged(file: string): void {
  writeFileSync(damageNote(file), '');
}

export function isDamaged(file: string): boolean {
  return existsSync(damageNote(file));
}

/** Removes the disk and all that is known of it. */
export async function deleteDisk(file: string): Promise<void> {
  await detachDisk(file);
  remove(file);
  remove(damageNote(file));
}

/** Every attached disk in a folder, also one whose file is gone. */
export async function detachAllIn(folder: string): Promise<void> {
  for (const { device } of devicesIn(folder)) await command(['losetup', '--detach', device]);
}

/** Those of them whose files are gone: no path leads to them any more. */
export async function detachRemoved(folder: string, host: HostName): Promise<void> {
  const gone = devicesIn(folder).filter(({ file }) => file.startsWith(disksFrom(folder, host)) && file.endsWith(removed));
  for (const { device } of gone) await command(['losetup', '--detach', device]);
}

/** As the kernel writes it behind the path of a file that has been removed. */
const removed = ' (deleted)';

export function devicesIn(folder: string): readonly { readonly device: string; readonly file: string }[] {
  const devices = loopDevices().map((name) => ({ device: `/dev/${name}`, file: readText(`/sys/block/${name}/loop/backing_file`) }));
  return devices.filter(({ file }) => file.startsWith(`${folder}/`));
}

/** Sparse: it takes the place that its data needs. Killed half-way, it is not there. */
async function format(file: string, size: number): Promise<void> {
  const draft = `${file}.draft`;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(draft, '');
  truncateSync(draft, size);
  await command(['mkfs.ext4', '-q', '-F', '-L', 'dojang-data', draft]);
  renameSync(draft, file);
}

async function devicesOf(file: string): Promise<string[]> {
  const { stdout } = await attempt(['losetup', '--associated', file, '--noheadings', '--raw', '--output', 'NAME']);
  return stdout.split('\n').filter((line) => line !== '');
}

/** Where no udev makes device nodes, as in a container, the kernel's new device has none yet. */
async function ensureNode(device: string): Promise<void> {
  if (existsSync(device)) return;
  const loopMajor = '7';
  await command(['mknod', device, 'b', loopMajor, device.replace('/dev/loop', '')]);
}
