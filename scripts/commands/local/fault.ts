/**
 * `dojang local fault`: the faults of the embedded clouds, each part beside the cloud that has
 * them.
 */
import { DojangError } from '../../../lib/errors/dojang-error.ts';
import { loadConfig } from '../../io/config/config-file.ts';
import { type GcpFaultOptions, setGcpFaults } from '../../local/gcp/faults/fault-verb.ts';
import { clearFaults, writeFaults } from '../../local/gcp/index.ts';
import { type HostFaultOptions, setHostFaults } from '../../local/hosts/faults/fault-verb.ts';
import { localFolders } from '../../local/index.ts';
import { isPreflightFault, type PreflightFault, preflightFaults } from '../../local/preflight-faults.ts';
import type { DataOf } from '../../runtime/answers/format.ts';
import type { Outcome } from '../../runtime/outcome.ts';
import { localFaultAnswer } from './answer.ts';

export interface FaultOptions extends GcpFaultOptions, HostFaultOptions {
  /** What `dojang preflight` is to find. */
  readonly preflight: readonly string[];
}

/**
 * Sets the faults that are named and ends those that are not.
 * @throws DojangError `unknown-zone`, `unknown-api`, `unknown-fault` with the names there are, or
 *   what `setHostFaults` throws
 */
export async function fault(options: FaultOptions): Promise<Outcome<DataOf<typeof localFaultAnswer>>> {
  const { zones } = (await loadConfig('local')).gcp;
  const found = options.preflight.map(knownFault);
  const lines = [
    ...setGcpFaults(localFolders.gcp, zones, options, found),
    ...setPreflightFaults(found),
    ...(await setHostFaults(localFolders.hosts, options)),
  ];
  const { stockout, quota, serviceDisabled, for: requests, retiredImage, preflight, firstBootLocks, lateAgent, rebootRequired } = options;
  const data = { stockout, quota, serviceDisabled, for: requests, retiredImage, preflight, firstBootLocks, lateAgent, rebootRequired };
  if (lines.length === 0)
    return { format: localFaultAnswer, data, lines: ['the embedded clouds have no faults: every zone has stock, every API answers'] };
  return { format: localFaultAnswer, data, lines: [...lines, '  dojang local fault   ends all of it'] };
}

/** Those of the embedded GCP are written beside its other faults. */
function setPreflightFaults(found: readonly PreflightFault[]): string[] {
  if (found.length === 0) clearFaults(localFolders.aws);
  else writeFaults(localFolders.aws, { preflight: found });
  return found.map((name) => preflightFaults[name]);
}

function knownFault(name: string): PreflightFault {
  if (isPreflightFault(name)) return name;
  throw new DojangError('unknown-fault', `no fault ${name} that a preflight could find`, {
    next: `--preflight takes: ${Object.keys(preflightFaults).join(', ')}`,
  });
}
