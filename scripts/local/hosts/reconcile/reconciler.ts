/**
 * Keeps one host as its cloud says: looks at both, carries out what differs, reports the result.
 */

import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { DojangError, messageOf } from '../../../../lib/errors/dojang-error.ts';
import type { HostName } from '../../../../lib/ports/host-shell.ts';
import { readJson, remove, writeJson } from '../../../io/state.ts';
import { command } from '../command.ts';
import { eventually } from '../eventually.ts';
import { readHostFaults } from '../faults/faults.ts';
import { diskFile, diskName, disksOf, filesOf, type HostNode, type HostState, type MachineRecord } from '../files.ts';
import { removeTree } from '../image/image.ts';
import { makeTree, treeAt } from '../image/rootfs.ts';
import { attachDisk, deleteDisk, detachDisk, detachRemoved, isDamaged, isMounted, largestGib } from '../machine/disk.ts';
import { boot, powerOff } from '../machine/machine.ts';
import { leaderOf, runnerOf } from '../machine/nspawn.ts';
import { swapOff } from '../machine/swap.ts';
import { addressOf, connect, disconnect, hasPlace, inside, namespaceFile, removePlace } from '../network/namespaces.ts';
import { prefixOf } from '../network/network.ts';
import type { CloudView, HostCloud } from '../views/cloud-state.ts';
import { type Bootable, describeStep, type HostStep, phaseOf, type Seen, stepsFor } from './steps.ts';

const unmountedWithinMs = 10_000;

export interface ReconcilerOptions {
  /** The folder of all hosts. */
  readonly folder: string;
  /** Root of the host image. */
  readonly image: string;
  /** Region of the embedded AWS. */
  readonly region: string;
  /** Called with what is done, never for a look that found nothing to do. */
  readonly log: (line: string) => void;
  /** Called when the host has booted or is no longer up. */
  readonly changed: () => void;
}

export class HostReconciler {
  readonly host: HostName;
  readonly #cloud: HostCloud;
  readonly #options: ReconcilerOptions;
  readonly #prefix: string;
  /** What was done last, so that it need not be asked again. */
  #ruleset: string | undefined;
  #address: string | undefined;
  /** The first process whose services were seen started. */
  #leader: number | undefined;
  #node: HostNode | undefined;
  #phase: Omit<HostState, 'word'> = { phase: 'waiting', note: 'not looked at yet' };

  constructor(cloud: HostCloud, options: ReconcilerOptions) {
    this.host = cloud.host;
    this.#cloud = cloud;
    this.#options = options;
    this.#prefix = prefixOf(options.folder);
  }

  /** The host while it is booted. */
  get node(): HostNode | undefined {
    return this.#node;
  }

  /** What the last look came to. */
  get phase(): Omit<HostState, 'word'> {
    return this.#phase;
  }

  /**
   * One look, and all that it asks for. Never throws: a failure is logged and retried by the next
   * look.
   */
  async look(): Promise<void> {
    try {
      const view = await this.#cloud.look();
      this.#phase = view ? await this.#follow(view) : { phase: 'waiting', note: 'its cloud does not answer' };
    } catch (error) {
      if (this.#phase.note !== messageOf(error)) this.#options.log(`${this.host}: ${messageOf(error)}${whyOf(error)}`);
      this.#phase = { phase: 'failed', note: messageOf(error) };
    }
  }

  async #follow(view: CloudView): Promise<Omit<HostState, 'word'>> {
    const seen = await this.#see();
    for (const step of stepsFor(this.host, view, seen)) {
      this.#options.log(`${this.host}: ${describeStep(step)}`);
      await this.#carryOut(step);
    }
    const phase = phaseOf(view, seen);
    this.#publish(this.#nodeOf(view));
    return phase;
  }

  async #see(): Promise<Seen> {
    const { root, record, unplugged } = filesOf(this.#options.folder, this.host);
    const runner = runnerOf(root);
    const leader = runner && leaderOf(runner);
    if (!hasPlace(this.#prefix, this.host)) this.#address = undefined;
    else this.#address ??= await addressOf(this.#prefix, this.host);
    return {
      record: readJson<MachineRecord>(record),
      tree: treeAt(root),
      isOn: runner !== undefined,
      isUp: leader !== undefined && leader === this.#leader,
      isUnplugged: existsSync(unplugged),
      address: this.#address,
      ruleset: this.#ruleset,
      disks: disksOf(this.#options.folder, this.host),
    };
  }

  async #carryOut(step: HostStep): Promise<void> {
    switch (step.do) {
      case 'power-off':
        return this.#powerOff();
      case 'discard':
        return this.#discard();
      case 'filter':
        await command(inside(this.#prefix, 'internet', ['nft', '--file', '-']), { input: step.ruleset });
        this.#ruleset = step.ruleset;
        return;
      case 'connect':
        await connect(this.#prefix, this.host, step.address);
        this.#address = step.address;
        return;
      case 'disconnect':
        await disconnect(this.#prefix, this.host);
        this.#address = undefined;
        return;
      case 'boot':
        return this.#boot(step.machine);
      case 'delete-disk':
        return deleteDisk(this.#diskFile(step.disk));
    }
  }

  async #powerOff(): Promise<void> {
    const { root, record } = filesOf(this.#options.folder, this.host);
    this.#isDown();
    await powerOff(root);
    const disk = readJson<MachineRecord>(record)?.disk;
    if (disk !== undefined) await this.#release(disk);
  }

  /** Its mounts end a moment after the machine. */
  async #release(disk: string): Promise<void> {
    const file = this.#diskFile(diskName(disk));
    const free = await eventually(() => !isMounted(file), unmountedWithinMs);
    this.#options.log(`${this.host}: powered off; data disk ${disk} is ${free ? 'unmounted' : 'still mounted'}`);
    await detachDisk(file);
  }

  async #discard(): Promise<void> {
    const { root, record } = filesOf(this.#options.folder, this.host);
    await removePlace(this.#prefix, this.host);
    this.#address = undefined;
    // A machine that was cut off may have left its swap on, whose file could not be removed.
    await swapOff(root);
    await detachRemoved(this.#options.folder, this.host);
    await removeTree(root);
    if (existsSync(root)) throw new DojangError('host-in-use', `${root} can't be removed`, { next: 'fuser -vm shows what holds it' });
    remove(record);
  }

  async #boot(machine: Bootable): Promise<void> {
    const { folder, image, region } = this.#options;
    const { root, record, console } = filesOf(folder, this.host);
    const { hostname, disk, id: instanceId } = machine;
    this.#isDown();
    const known = readJson<MachineRecord>(record);
    const machineId = known?.machineId ?? randomUUID().replaceAll('-', '');
    const { firstBootLocks, lateAgent } = readHostFaults(folder);
    const late = this.host === 'aws' && lateAgent > 0 && runnerOf(root) === undefined;
    const agentFrom = late ? Date.now() / 1000 + lateAgent : known?.agentFrom;
    writeJson(record, { instanceId, disk: disk.id, machineId, agentFrom } satisfies MachineRecord);
    if (!existsSync(root)) await makeTree(image, root, { host: this.host, hostname, machineId, region, firstBootLocks });
    if (isDamaged(this.#diskFile(diskName(disk.id)))) {
      throw new DojangError('disk-damaged', `data disk ${disk.id} was detached while it was mounted`, {
        why: 'What was being written is lost or torn, so a real machine might not mount it either.',
        next: 'stop a machine before its disk is detached',
      });
    }
    const device = await attachDisk(this.#diskFile(diskName(disk.id)), disk.gib);
    if (disk.gib > largestGib) this.#options.log(`${this.host}: its data disk has ${largestGib} GiB here instead of ${disk.gib}`);
    await boot({ root, hostname, namespace: namespaceFile(this.#prefix, this.host), device, shownAs: disk.device }, console);
    const runner = runnerOf(root);
    this.#leader = runner && leaderOf(runner);
    this.#options.log(`${this.host}: ${hostname} has booted`);
  }

  #nodeOf({ machine }: CloudView): HostNode | undefined {
    const record = readJson<MachineRecord>(filesOf(this.#options.folder, this.host).record);
    if (!machine?.address || !record || this.#leader === undefined) return undefined;
    const { machineId, agentFrom } = record;
    return { host: this.host, machineId, leader: this.#leader, address: machine.address, agentFrom, ...machine.names };
  }

  #isDown(): void {
    this.#leader = undefined;
    this.#publish(undefined);
  }

  #publish(node: HostNode | undefined): void {
    if (isDeepStrictEqual(node, this.#node)) return;
    this.#node = node;
    this.#options.changed();
  }

  #diskFile(name: string): string {
    return diskFile(this.#options.folder, this.host, name);
  }
}

function whyOf(error: unknown): string {
  const { why } = error as { readonly why?: string };
  return why === undefined ? '' : `\n  ${why}`;
}
