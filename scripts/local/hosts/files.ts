/** Where the hosts of a clone keep what: trees, disks, records. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { HostName } from '../../../lib/ports/host-shell.ts';
import { readJson, writeJson } from '../../io/state.ts';

export const hostNames: readonly HostName[] = ['aws', 'gcp'];

/** Paths of one host in the folder of all hosts. */
export function filesOf(folder: string, host: HostName) {
  const home = join(folder, host);
  return {
    home,
    /** The machine's own tree; gone with the machine. */
    root: join(home, 'root'),
    record: join(home, 'machine.json'),
    state: join(home, 'state.json'),
    /** What the machine said while it booted. */
    console: join(home, 'console.log'),
    /** While this file is there, the machine has no power, whatever its cloud says. */
    unplugged: join(home, 'unplugged'),
  } as const;
}

/** Written to have the hosts looked at now: a word that the daemon repeats once it has looked. */
export const kickFile = (folder: string) => join(folder, 'kick.json');
const nodesFile = (folder: string) => join(folder, 'nodes.json');
/** The port of 127.0.0.1 at which the user's browser enters. */
export const browserFile = (folder: string) => join(folder, 'browser.json');
export const readyFile = (folder: string) => join(folder, 'ready.json');
const disksFolder = (folder: string) => join(folder, 'disks');

/** What the tree of a host was made for. */
export interface MachineRecord {
  readonly instanceId: string;
  /** The cloud's id of the disk that it was booted with. */
  readonly disk: string;
  readonly machineId: string;
  /** Seconds since 1970 from which its agent is registered with Systems Manager. */
  readonly agentFrom?: number;
}

/** How a host is, as its daemon saw it last. */
export interface HostState {
  /** The last word of `kickFile` that this look came after. */
  readonly word: string;
  /**
   * `none`: its cloud has no machine. `waiting`: not everything that a boot needs is deployed, or
   * its cloud can't be asked.
   */
  readonly phase: 'none' | 'off' | 'waiting' | 'failed' | 'booted';
  /** What it waits for, or why it failed. */
  readonly note?: string;
}

/** A booted host, for those who run commands on it. */
export interface HostNode {
  readonly host: HostName;
  readonly machineId: string;
  /** Its first process as this machine sees it: what `nsenter -t` takes. */
  readonly leader: number;
  readonly address: string;
  /** As in its record: before that, Systems Manager does not know the machine. */
  readonly agentFrom?: number;
  /** AWS. */
  readonly instanceId?: string;
  /** GCP. */
  readonly instanceName?: string;
  readonly zone?: string;
  readonly project?: string;
}

/** The hosts that are booted now. */
export function nodesOf(folder: string): readonly HostNode[] {
  return readJson<{ readonly machines: HostNode[] }>(nodesFile(folder))?.machines ?? [];
}

export function writeNodes(folder: string, machines: readonly HostNode[]): void {
  writeJson(nodesFile(folder), { machines });
}

/** The cloud's id of a disk, as far as a file can be called so. */
export function diskName(id: string): string {
  return id.replaceAll(/[^\w.-]+/g, '_');
}

/** The file of a data disk. */
export function diskFile(folder: string, host: HostName, name: string): string {
  return `${disksFrom(folder, host)}${name}.ext4`;
}

/** What the path of every data disk of a host begins with. */
export function disksFrom(folder: string, host: HostName): string {
  return join(disksFolder(folder), `${host}-`);
}

/** Names of all data disks of a host that are here, with and without a machine. */
export function disksOf(folder: string, host: HostName): string[] {
  const pattern = new RegExp(`^${host}-(.+)\\.ext4$`);
  return namesIn(disksFolder(folder)).flatMap((name) => pattern.exec(name)?.[1] ?? []);
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
