/**
 * A booted host as small as can be: a process that is known by the tree it runs, with a data disk
 * mounted where no other process sees it.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { HostName } from '../../../lib/ports/host-shell.ts';
import { writeJson } from '../../../scripts/io/state.ts';
import { eventually } from '../../../scripts/local/hosts/eventually.ts';
import { diskFile, diskName, filesOf } from '../../../scripts/local/hosts/files.ts';
import { attachDisk, detachDisk } from '../../../scripts/local/hosts/machine/disk.ts';

const script = 'mount "$1" "$2" && touch "$2/mounted" && while [ -e "$2/mounted" ]; do sleep 0.05; done; umount "$2"; exec sleep infinity';

const mountedWithinMs = 30_000;

interface Booting {
  readonly host: HostName;
  /** As the cloud knows the machine and its disk. */
  readonly instanceId: string;
  readonly disk: string;
}

export class MountedHost {
  readonly #child: ChildProcess;
  readonly #disk: string;
  readonly #marker: () => string;

  private constructor(child: ChildProcess, disk: string, marker: () => string) {
    this.#child = child;
    this.#disk = disk;
    this.#marker = marker;
  }

  /** The machine of this instance with this data disk, in the folder of all hosts. */
  static async boot(hosts: string, { host, instanceId, disk: id }: Booting): Promise<MountedHost> {
    const { root, record } = filesOf(hosts, host);
    const place = join(hosts, 'mounted');
    for (const folder of [root, place]) mkdirSync(folder, { recursive: true });
    const disk = diskFile(hosts, host, diskName(id));
    const device = await attachDisk(disk, 1);
    writeJson(record, { instanceId, disk: id, machineId: 'm' });
    const argv = ['--mount', '--propagation', 'private', '--', 'bash', '-c', script, 'bash', device, place, `--directory=${root}`];
    const child = spawn('unshare', argv, { stdio: 'ignore' });
    const marker = () => `/proc/${child.pid}/root${place}/mounted`;
    const booted = new MountedHost(child, disk, marker);
    if (await eventually(() => existsSync(marker()), mountedWithinMs)) return booted;
    await booted.remove();
    throw new Error(`${disk} was not mounted`);
  }

  /** It goes on running without its disk. */
  unmount(): void {
    rmSync(this.#marker());
  }

  async powerOff(): Promise<void> {
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      this.#child.kill('SIGKILL');
      await ended;
    }
  }

  async remove(): Promise<void> {
    await this.powerOff();
    await detachDisk(this.#disk);
  }
}
