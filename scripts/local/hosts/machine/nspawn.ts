/**
 * systemd-nspawn as data: how a tree is booted, and which of this machine's processes is the booted
 * one.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { Argv } from '../command.ts';

export interface BootSpec {
  readonly root: string;
  readonly hostname: string;
  /** File of the network namespace. */
  readonly namespace: string;
  /** Device of the data disk, and where the machine shows it. */
  readonly device: string;
  readonly shownAs: string;
}

const directory = (root: string) => `--directory=${root}`;

/**
 * What boots the tree. nspawn wants a tmpfs on /run, which a container may not have: it gets one of
 * its own that no other process sees. Where systemd runs this machine, nspawn asks it for a control
 * group; elsewhere it stays in ours.
 */
export function bootArgv({ root, hostname, namespace, device, shownAs }: BootSpec, hasSystemd = existsSync('/run/systemd/system')): Argv {
  const prepare = 'mkdir -p /run/systemd/nspawn && mount -t tmpfs tmpfs /run/systemd/nspawn && exec "$@"';
  return [
    ...(['unshare', '--mount', '--propagation', 'private', '--', 'sh', '-c', prepare, 'sh'] as const),
    'systemd-nspawn',
    '--register=no',
    ...(hasSystemd ? [] : ['--keep-unit']),
    `--network-namespace-path=${namespace}`,
    // Hosts switch swap files on; a host's own firewall may exist beside the cloud's.
    // and systemd puts the address filters of units (IPAddressDeny=) into the kernel as BPF
    // programs.
    '--system-call-filter=swapon swapoff bpf',
    '--capability=CAP_NET_ADMIN,CAP_BPF',
    `--bind=${device}:${shownAs}`,
    `--hostname=${hostname}`,
    '--resolv-conf=off',
    '--timezone=off',
    '--link-journal=no',
    '--console=pipe',
    '--boot',
    directory(root),
  ];
}

/** For nspawn itself: the control groups as every current system has them. */
export const bootEnv = { SYSTEMD_NSPAWN_UNIFIED_HIERARCHY: '1' } as const;

/**
 * The process that runs the machine of this tree; undefined when it is off. Its child has the same
 * arguments for a moment.
 */
export function runnerOf(root: string): number | undefined {
  const found = processes().filter((pid) => argumentsOf(pid).includes(directory(root)));
  return found.find((pid) => !found.includes(parentOf(pid)));
}

/** Every machine whose tree lies in this folder. */
export function rootsRunningIn(folder: string): string[] {
  const start = directory(`${folder}/`);
  const trees = processes().flatMap((pid) => argumentsOf(pid).filter((argument) => argument.startsWith(start)));
  return [...new Set(trees.map((argument) => argument.slice(directory('').length)))];
}

/** The first process of the booted machine; another one after the machine has restarted itself. */
export function leaderOf(runner: number): number | undefined {
  const children = readText(`/proc/${runner}/task/${runner}/children`).trim().split(' ').map(Number);
  return children.find((pid) => pid > 0 && /^NSpid:\t.*\t1$/m.test(readText(`/proc/${pid}/status`)));
}

/** Whether a process is there and has not ended. */
export function isRunning(pid: number): boolean {
  return readText(`/proc/${pid}/cmdline`) !== '';
}

function processes(): number[] {
  return readdirSync('/proc').map(Number).filter(Number.isInteger);
}

function argumentsOf(pid: number): string[] {
  return readText(`/proc/${pid}/cmdline`).split('\0');
}

function parentOf(pid: number): number {
  return Number(/^PPid:\t(\d+)$/m.exec(readText(`/proc/${pid}/status`))?.[1] ?? 0);
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
