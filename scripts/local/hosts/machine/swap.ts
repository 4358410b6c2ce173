/**
 * Swap files of hosts: they are the whole machine's, and stay on when the host that switched them
 * on is off.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { attempt } from '../command.ts';

/** Switches off every swap file in the tree of a host. One that is not on is no fault. */
export async function swapOff(root: string): Promise<void> {
  for (const file of swapFiles(join(root, 'var/swap'))) await attempt(['swapoff', file]);
}

function swapFiles(folder: string): string[] {
  try {
    return readdirSync(folder).map((name) => join(folder, name));
  } catch {
    return [];
  }
}
