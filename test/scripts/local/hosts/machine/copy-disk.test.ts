/**
 * Images of data disks are copied as they are at one moment, and a disk begins with its snapshot.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { remove } from '../../../../../scripts/io/state.ts';
import { eventually } from '../../../../../scripts/local/hosts/eventually.ts';
import { diskFile } from '../../../../../scripts/local/hosts/files.ts';
import { attachDisk, copyDisk, detachDisk, restoredFile } from '../../../../../scripts/local/hosts/machine/disk.ts';

let folder: string;
let children: ChildProcess[];
let attached: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dojang-copy-disk-'));
  [children, attached] = [[], []];
});

afterEach(async () => {
  for (const child of children) await end(child);
  for (const file of attached) await detachDisk(file);
  remove(folder);
});

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
}

/** Mounts a disk where no other process sees it; the mount point as this process reaches it. */
async function mounted(file: string): Promise<{ readonly at: string; readonly unmount: () => Promise<void> }> {
  const place = join(folder, 'place');
  mkdirSync(place, { recursive: true });
  attached.push(file);
  const device = await attachDisk(file, 1);
  const script = 'mount "$1" "$2" && touch "$2/mounted" && exec sleep infinity';
  const child = spawn('unshare', ['--mount', '--propagation', 'private', '--', 'bash', '-c', script, 'bash', device, place], {
    stdio: 'ignore',
  });
  children.push(child);
  const at = `/proc/${child.pid}/root${place}`;
  expect(await eventually(() => existsSync(join(at, 'mounted')), 30_000)).toBe(true);
  return { at, unmount: () => end(child) };
}

it('copies a mounted disk with all that was written, and leaves it writable', async () => {
  const [source, target] = ['one', 'two'].map((name) => diskFile(folder, 'aws', name)) as [string, string];
  const first = await mounted(source);
  writeFileSync(join(first.at, 'data'), 'of then');
  await copyDisk(source, restoredFile(target), first.at);
  writeFileSync(join(first.at, 'data'), 'written since');
  expect(readFileSync(join(first.at, 'data'), 'utf8')).toBe('written since');
  await first.unmount();
  const second = await mounted(target);
  expect(readFileSync(join(second.at, 'data'), 'utf8')).toBe('of then');
  expect(existsSync(restoredFile(target))).toBe(false);
});

it('freezes nothing but the disk itself', async () => {
  const source = diskFile(folder, 'aws', 'one');
  mkdirSync(join(folder, 'disks'), { recursive: true });
  writeFileSync(source, 'contents');
  const target = join(folder, 'snapshots', 'aws-s.ext4');
  await copyDisk(source, target, folder);
  writeFileSync(join(folder, 'still-writable'), '');
  expect(readFileSync(target, 'utf8')).toBe('contents');
});
