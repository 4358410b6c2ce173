/**
 * Faults of hosts on request, beside their trees. Each is read when a machine is made or booted, so
 * it may be changed at any time.
 */
import { join } from 'node:path';
import { readJson, remove, writeJson } from '../../../io/state.ts';

export interface HostFaults {
  /** Seconds that the updates of a new machine's first boot hold the locks of packages. */
  readonly firstBootLocks: number;
  /** Seconds from the boot of the AWS host until its agent has registered with Systems Manager. */
  readonly lateAgent: number;
}

/**
 * Every new machine holds the locks for a moment, as a cloud's does; the recipe seldom comes that
 * early.
 */
const usual: HostFaults = { firstBootLocks: 5, lateAgent: 0 };

const faultsFile = (folder: string) => join(folder, 'faults.json');

/** Asks the hosts of `folder` to show these faults from now on, and no others. */
export function writeHostFaults(folder: string, faults: Partial<HostFaults>): void {
  writeJson(faultsFile(folder), faults);
}

export function clearHostFaults(folder: string): void {
  remove(faultsFile(folder));
}

export function readHostFaults(folder: string): HostFaults {
  return { ...usual, ...readJson<Partial<HostFaults>>(faultsFile(folder)) };
}
