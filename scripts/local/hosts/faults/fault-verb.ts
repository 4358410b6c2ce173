/** The part of `dojang local fault` that is about hosts. */
import { requireReboot } from '../machine/reboot-required.ts';
import { clearHostFaults, writeHostFaults } from './faults.ts';

export interface HostFaultOptions {
  /** Seconds. */
  readonly firstBootLocks?: number;
  /** Seconds. */
  readonly lateAgent?: number;
  readonly rebootRequired?: boolean;
}

/**
 * Sets the faults that are named and ends those that are not.
 * @returns lines for the terminal; empty when none was named
 * @throws DojangError `not-running` when hosts that are not booted should ask for a restart
 */
export async function setHostFaults(folder: string, { firstBootLocks, lateAgent, rebootRequired }: HostFaultOptions): Promise<string[]> {
  clearHostFaults(folder);
  if (firstBootLocks !== undefined || lateAgent !== undefined) writeHostFaults(folder, { firstBootLocks, lateAgent });
  const asking = rebootRequired ? await requireReboot(folder) : [];
  return [
    ...(firstBootLocks === undefined ? [] : [`new machines hold the locks of packages for ${firstBootLocks} s after their first boot`]),
    ...(lateAgent === undefined ? [] : [`the agent of the aws host registers ${lateAgent} s after its next boot`]),
    ...asking.map((host) => `the ${host} host asks for a restart`),
  ];
}
