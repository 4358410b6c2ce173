/** Whether hosts can run on this machine, and what brings it when they can't. */

import { existsSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { hostCommands } from '../../../lib/prerequisites/requirements.ts';
import { fixedText } from '../../../lib/values/number-text.ts';
import { attempt } from './command.ts';

/** Why hosts can't run here, in words, and the command that changes it. */
export interface Unsupported {
  readonly reason: string;
  readonly next: string;
}

/** What is known of a machine. */
export interface MachineFacts {
  readonly platform: NodeJS.Platform;
  readonly isRoot: boolean;
  /** Of the commands that hosts need, those that are missing. */
  readonly missing: readonly string[];
  /** Whether root may make namespaces and mounts; in a container it may not, unless allowed to. */
  readonly mayIsolate: boolean;
  readonly hasLoopDevices: boolean;
  readonly freeGib: number;
}

const neededGib = 4;

/**
 * Undefined when hosts can run. Never throws: what can't be found out is reported when it is
 * needed.
 */
export async function hostSupport(folder: string): Promise<Unsupported | undefined> {
  return unsupportedBy(await factsOf(folder));
}

/** The first thing that prevents hosts. */
export function unsupportedBy(facts: MachineFacts): Unsupported | undefined {
  if (facts.platform !== 'linux') {
    return { reason: `hosts are Linux machines booted by systemd-nspawn, and this is ${facts.platform}`, next: 'run it on Linux as root' };
  }
  if (!facts.isRoot) return { reason: 'hosts are booted by root alone', next: 'sudo npm start' };
  if (facts.missing.length > 0) return missing(facts.missing);
  if (!facts.mayIsolate) {
    return {
      reason: 'root may make no namespaces and mounts here',
      next: 'run it outside of this container, or start that with --privileged',
    };
  }
  if (!facts.hasLoopDevices) return { reason: 'there are no loop devices for the data disks', next: 'modprobe loop' };
  if (facts.freeGib < neededGib) {
    return {
      reason: `hosts need ${neededGib} GiB of disk, and ${fixedText(facts.freeGib, 1)} GiB are free`,
      next: 'df -h shows what takes it',
    };
  }
  return undefined;
}

function missing(commands: readonly string[]): Unsupported {
  const needed = [...new Set(commands.map((command) => hostCommands[command as keyof typeof hostCommands] ?? command))];
  return { reason: `hosts need ${commands.join(', ')}, not installed here`, next: `apt install ${needed.join(' ')}` };
}

async function factsOf(folder: string): Promise<MachineFacts> {
  const isRoot = process.getuid?.() === 0;
  const lacking = await Promise.all(Object.keys(hostCommands).map(async (name) => ((await hasCommand(name)) ? [] : [name])));
  return {
    platform: process.platform,
    isRoot,
    missing: lacking.flat(),
    mayIsolate: isRoot && (await attempt(['unshare', '--net', '--mount', 'ip', 'link', 'set', 'lo', 'up'])).code === 0,
    hasLoopDevices: existsSync('/dev/loop-control'),
    freeGib: freeGibIn(folder),
  };
}

async function hasCommand(name: string): Promise<boolean> {
  return (await attempt(['sh', '-c', 'command -v "$1"', 'sh', name])).code === 0;
}

/** In the file system of the folder, which need not be there yet. */
function freeGibIn(folder: string): number {
  if (!existsSync(folder) && dirname(folder) !== folder) return freeGibIn(dirname(folder));
  const { bavail, bsize } = statfsSync(folder);
  return (bavail * bsize) / 1024 ** 3;
}
