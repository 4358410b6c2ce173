/** A machine to run commands on, as small as can be: a process in namespaces of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { writeJson } from '../../../../scripts/io/state.ts';

/** What it writes is in memory, and it has no systemd, also where this machine has one. */
const boot = [
  'mount -t tmpfs tmpfs /run',
  'mount -t tmpfs tmpfs /var/lib',
  'mount -t tmpfs tmpfs /srv',
  'hostname fake-host',
  'touch /run/booted',
  'exec sleep infinity',
].join(' && ');

/** Namespaces can be made by root on Linux only. */
export const canBoot = process.platform === 'linux' && process.getuid?.() === 0;

export class FakeHost {
  readonly leader: number;
  private readonly child: ChildProcess;

  private constructor(child: ChildProcess, leader: number) {
    this.child = child;
    this.leader = leader;
  }

  static async boot(): Promise<FakeHost> {
    const namespaces = ['--mount', '--pid', '--uts', '--ipc', '--net', '--fork', '--kill-child', '--mount-proc'];
    const child = spawn('unshare', [...namespaces, 'sh', '-c', boot], { stdio: ['ignore', 'ignore', 'inherit'] });
    for (;;) {
      const leader = childOf(child.pid ?? 0);
      if (leader !== undefined && readable(`/proc/${leader}/root/run/booted`) !== undefined) return new FakeHost(child, leader);
      if (child.exitCode !== null) throw new Error('the fake host did not start');
      await wait(20);
    }
  }

  /** A file of the machine as it is now; undefined when there is none. */
  read(path: string): string | undefined {
    return readable(`/proc/${this.leader}/root${path}`);
  }

  write(path: string, text: string): void {
    writeFileSync(`/proc/${this.leader}/root${path}`, text);
  }

  async powerOff(): Promise<void> {
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    if (this.child.exitCode === null && this.child.signalCode === null) {
      this.child.kill('SIGKILL');
      await ended;
    }
    while (readable(`/proc/${this.leader}/stat`) !== undefined) await wait(20);
  }
}

/** Writes the machines for the local AWS of this folder. */
export function writeMachines(awsFolder: string, machines: readonly Record<string, unknown>[]): void {
  writeJson(join(awsFolder, '..', 'hosts', 'nodes.json'), { machines });
}

function childOf(pid: number): number | undefined {
  const [child] = (readable(`/proc/${pid}/task/${pid}/children`) ?? '').trim().split(' ');
  return child ? Number(child) : undefined;
}

function readable(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
