/** What has to be done so that a host is what its cloud says: decided from data alone. */
import type { HostName } from '../../../../lib/ports/host-shell.ts';
import { diskName, type HostState, type MachineRecord } from '../files.ts';
import { firewallRuleset } from '../network/firewall.ts';
import type { CloudMachine, CloudView, Disk } from '../views/cloud-state.ts';

/** A host as it is on this machine. */
export interface Seen {
  /** The machine that the tree belongs to; undefined when that is unknown, or there is no tree. */
  readonly record?: MachineRecord;
  readonly tree: 'none' | 'whole' | 'incomplete';
  /** It runs, whatever started it. */
  readonly isOn: boolean;
  /** It runs and has been seen with its services started. */
  readonly isUp: boolean;
  readonly isUnplugged: boolean;
  readonly address?: string;
  /** The ruleset that was applied last; undefined when none was, or when that is unknown. */
  readonly ruleset?: string;
  /** Names of the disks that are here, as `diskName` makes them. */
  readonly disks: readonly string[];
}

/** A machine with all that a boot needs. */
export interface Bootable extends CloudMachine {
  readonly address: string;
  readonly disk: Disk;
}

export type HostStep =
  | { readonly do: 'power-off' }
  /** Takes the tree and the place on the internet away. */
  | { readonly do: 'discard' }
  | { readonly do: 'filter'; readonly ruleset: string }
  | { readonly do: 'connect'; readonly address: string }
  | { readonly do: 'disconnect' }
  | { readonly do: 'boot'; readonly machine: Bootable }
  | { readonly do: 'delete-disk'; readonly disk: string };

/**
 * Steps in the order they are carried out. None when the host is as its cloud says. The filter is
 * applied before there is traffic. A tree that belongs to no machine, or that lacks something, is
 * what is left of a folder that was removed: the machine is made anew.
 */
export function stepsFor(host: HostName, view: CloudView, seen: Seen): HostStep[] {
  const { machine } = view;
  const isThere = seen.isOn || seen.tree !== 'none' || seen.record !== undefined;
  const isOther = seen.tree === 'incomplete' || (isThere && seen.record?.instanceId !== machine?.id);
  const off = seen.isOn && mustBeOff(machine, seen, { isOther });
  const after: Seen = {
    ...seen,
    isOn: seen.isOn && !off,
    isUp: seen.isUp && !off,
    ...(isOther && { record: undefined, address: undefined }),
  };
  return [
    ...(off ? [{ do: 'power-off' } as const] : []),
    ...(isOther ? [{ do: 'discard' } as const] : []),
    ...(machine ? stepsOf(host, machine, view, after) : []),
    ...unusedDisks(view, after).map((disk) => ({ do: 'delete-disk', disk }) as const),
  ];
}

/** How a host is said to be once every step for it has succeeded. */
export function phaseOf({ machine }: CloudView, { isUnplugged }: Pick<Seen, 'isUnplugged'>): Pick<HostState, 'phase' | 'note'> {
  if (!machine) return { phase: 'none', note: 'its machine is not deployed' };
  if (isUnplugged) return { phase: 'off', note: 'it is unplugged' };
  if (!machine.isRunning) return { phase: 'off', note: 'its cloud has stopped it' };
  if (!machine.address) return { phase: 'waiting', note: 'its static address is not associated yet' };
  if (!machine.disk) return { phase: 'waiting', note: 'its data disk is not attached yet' };
  return { phase: 'booted' };
}

/** What a step does, for the log. */
export function describeStep(step: HostStep): string {
  switch (step.do) {
    case 'power-off':
      return 'powering off';
    case 'discard':
      return 'removing the machine; its data disk stays';
    case 'filter':
      return 'applying the rules of its firewall';
    case 'connect':
      return `connecting it as ${step.address}`;
    case 'disconnect':
      return 'disconnecting it: it has no address';
    case 'boot':
      return `booting ${step.machine.hostname}`;
    case 'delete-disk':
      return `deleting disk ${step.disk}, which its cloud has no more`;
  }
}

/**
 * A disk can't be exchanged under a running machine. One that is only detached is left where it is.
 */
function mustBeOff(machine: CloudMachine | undefined, seen: Seen, { isOther }: { readonly isOther: boolean }): boolean {
  const hasOtherDisk = machine?.disk !== undefined && machine.disk.id !== seen.record?.disk;
  return isOther || !machine?.isRunning || seen.isUnplugged || hasOtherDisk;
}

function stepsOf(host: HostName, machine: CloudMachine, { rules }: CloudView, seen: Seen): HostStep[] {
  const ruleset = firewallRuleset(host, rules);
  return [
    ...(ruleset === seen.ruleset ? [] : [{ do: 'filter', ruleset } as const]),
    ...(machine.address === seen.address ? [] : [addressStep(machine.address)]),
    ...(canBoot(machine) && !seen.isUp && !seen.isUnplugged ? [{ do: 'boot', machine } as const] : []),
  ];
}

function addressStep(address: string | undefined): HostStep {
  return address === undefined ? { do: 'disconnect' } : { do: 'connect', address };
}

/**
 * Disks that the cloud has no more. One that a running machine still writes to waits for its end.
 */
function unusedDisks({ disks }: CloudView, { disks: here, record, isOn }: Seen): string[] {
  const kept = [...disks, ...(isOn && record ? [record.disk] : [])].map(diskName);
  return here.filter((disk) => !kept.includes(disk));
}

function canBoot(machine: CloudMachine | undefined): machine is Bootable {
  return machine?.isRunning === true && machine.address !== undefined && machine.disk !== undefined;
}
