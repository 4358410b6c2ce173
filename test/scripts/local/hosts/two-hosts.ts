/** Two booted hosts in a folder of their own, on clouds that say what a test wants. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HostName } from '../../../../lib/ports/host-shell.ts';
import type { Rule } from '../../../../lib/wiring/rule.ts';
import { writeJson } from '../../../../scripts/io/state.ts';
import { attempt, type CommandResult } from '../../../../scripts/local/hosts/command.ts';
import { type HostNode, nodesOf } from '../../../../scripts/local/hosts/files.ts';
import { hostImage } from '../../../../scripts/local/hosts/image/image.ts';
import { hostsReady, stopHosts } from '../../../../scripts/local/hosts/index.ts';
import { onMachine } from '../../../../scripts/local/hosts/machine/machine.ts';
import { inside } from '../../../../scripts/local/hosts/network/namespaces.ts';
import { type Party, prefixOf } from '../../../../scripts/local/hosts/network/network.ts';
import type { CloudView } from '../../../../scripts/local/hosts/views/cloud-state.ts';

export const addresses = { aws: '203.0.113.10', gcp: '198.51.100.10' } as const;
/** Where the hosts show their data disk. */
export const dataDevice = '/dev/disk/by-id/test-data';
const limitSeconds = 120;

/**
 * A machine with a disk of its cloud's, named so that a test can distinguish it from the next one.
 */
export function view(host: HostName, id: string, rules: readonly Rule[], disk = `${host}-disk`): CloudView {
  const names = host === 'aws' ? { instanceId: id } : { instanceName: id, zone: 'z', project: 'p' };
  const machine = {
    id,
    hostname: `${host}-host`,
    isRunning: true,
    address: addresses[host],
    disk: { id: disk, gib: 1, device: dataDevice },
    names,
  };
  return { machine, disks: [disk], rules };
}

export function tcp(host: HostName, direction: Rule['direction'], port: number, peer: string): Rule {
  return { cloud: host, carrier: 'test', direction, protocol: 'tcp', ports: [port, port], peer };
}

export class TwoHosts {
  readonly folder = mkdtempSync(join(tmpdir(), 'dojang-hosts-test-'));
  readonly hosts = join(this.folder, 'hosts');
  readonly prefix = prefixOf(this.hosts);
  readonly #clouds = join(this.folder, 'clouds.json');
  #daemon: ChildProcess | undefined;
  #image = '';
  #log = '';

  async start(): Promise<void> {
    this.#image ||= await hostImage(() => undefined);
    mkdirSync(this.hosts, { recursive: true });
    const program = join(import.meta.dirname, 'keep.ts');
    const daemon = spawn(process.execPath, [program, this.hosts, this.#clouds, this.#image], { stdio: ['ignore', 'ignore', 'pipe'] });
    daemon.stderr.on('data', (data) => {
      this.#log += data;
    });
    this.#daemon = daemon;
  }

  /** What the clouds say from now on; answers once the hosts are so. */
  async say(views: Readonly<Record<HostName, CloudView>>): Promise<void> {
    writeJson(this.#clouds, views);
    await this.ready();
  }

  /** @throws with what the daemon said */
  async ready(): Promise<void> {
    await hostsReady(this.hosts, { aws: true, gcp: true }, limitSeconds, () => undefined).catch((error: Error) => {
      throw new Error(`${error.message}\n${this.#log}`);
    });
  }

  /** What the daemon has said since this was asked last. */
  takeLog(): string {
    const log = this.#log;
    this.#log = '';
    return log;
  }

  async killDaemon(): Promise<void> {
    const daemon = this.#daemon;
    this.#daemon = undefined;
    if (!daemon || daemon.exitCode !== null) return;
    const gone = new Promise((resolve) => daemon.once('close', resolve));
    daemon.kill('SIGKILL');
    await gone;
  }

  node(host: HostName): HostNode {
    const node = nodesOf(this.hosts).find((each) => each.host === host);
    if (!node) throw new Error(`${host} is not among the booted hosts\n${this.#log}`);
    return node;
  }

  /** Runs bash on a host. */
  on(host: HostName, script: string): Promise<CommandResult> {
    return attempt(onMachine(this.node(host).leader, ['/bin/bash', '-c', script]));
  }

  /** Whether a TCP connection comes about, from a host or from another party on the internet. */
  async reaches(from: Party, address: string, port: number): Promise<boolean> {
    const { code } = await attempt(inside(this.prefix, from, ['timeout', '1', 'bash', '-c', `exec 3<>/dev/tcp/${address}/${port}`]));
    return code === 0;
  }

  async remove(): Promise<void> {
    await this.killDaemon();
    await stopHosts(this.hosts, { forget: true });
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Everything of these hosts that this machine still has. */
  async leftovers(): Promise<string[]> {
    const loops = (await attempt(['losetup', '--list', '--noheadings', '--raw', '--output', 'NAME,BACK-FILE'])).stdout;
    const namespaces = existsSync('/run/netns') ? readdirSync('/run/netns').filter((name) => name.startsWith(this.prefix)) : [];
    const processes = readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && textOf(`/proc/${pid}/cmdline`).includes(this.hosts));
    const lines = `${loops}${textOf('/proc/swaps')}${textOf('/proc/mounts')}`.split('\n').filter((line) => line.includes(this.folder));
    const files = [this.hosts, `/run/${this.prefix}`].filter(existsSync);
    return [...namespaces, ...processes.map((pid) => `process ${textOf(`/proc/${pid}/cmdline`)}`), ...lines, ...files];
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
