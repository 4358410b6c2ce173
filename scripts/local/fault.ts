/** `dojang local fault`: the faults of the embedded clouds, each part beside the cloud that has them. */

import type { Outcome } from '../context.ts';
import { loadConfig } from '../io/config-file.ts';
import { type GcpFaultOptions, setGcpFaults } from './gcp/fault-verb.ts';
import { type HostFaultOptions, setHostFaults } from './hosts/fault-verb.ts';
import { localFolders } from './index.ts';

export interface FaultOptions extends GcpFaultOptions, HostFaultOptions {}

/**
 * Sets the faults that are named and ends those that are not.
 * @throws DojangError `unknown-zone`, `unknown-api`, or what `setHostFaults` throws
 */
export async function fault(options: FaultOptions): Promise<Outcome> {
  const { zones } = (await loadConfig('local')).gcp;
  const lines = [...setGcpFaults(localFolders.gcp, zones, options), ...(await setHostFaults(localFolders.hosts, options))];
  const { stockout, quota, serviceDisabled, for: requests, retiredImage, firstBootLocks, lateAgent, rebootRequired } = options;
  const data = { stockout, quota, serviceDisabled, for: requests, retiredImage, firstBootLocks, lateAgent, rebootRequired };
  if (lines.length === 0) return { data, lines: ['the embedded clouds have no faults: every zone has stock, every API answers'] };
  return { data, lines: [...lines, '  dojang local fault   ends all of it'] };
}
