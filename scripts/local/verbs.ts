/** `dojang local ...`: what a person does with the embedded clouds beside deploying to them. */
import { DojangError } from '../../lib/errors.ts';
import type { Outcome } from '../context.ts';
import { loadConfig } from '../io/config-file.ts';
import { terminal } from '../io/terminal.ts';
import { clearFaults, writeFaults } from './gcp/index.ts';
import { type HostFaultOptions, setHostFaults } from './hosts/fault-verb.ts';
import { localFolders, startLocalClouds } from './index.ts';

/** The variables as shell commands. Progress goes to stderr, so that `eval` reads the variables alone. */
export async function env(): Promise<Outcome> {
  const report = terminal({ out: process.stderr, progress: process.stderr });
  const variables = await startLocalClouds(await loadConfig('local'), report, false);
  return { data: variables, lines: Object.entries(variables).map(([name, value]) => `export ${name}='${value.replaceAll("'", `'\\''`)}'`) };
}

export interface FaultOptions extends HostFaultOptions {
  readonly stockout: readonly string[];
  readonly quota: readonly string[];
}

/**
 * Lets the embedded GCP refuse machines with a GPU from now on, and the hosts behave as bad days do; what is not named works again.
 * @throws DojangError `unknown-zone` for a zone that the configuration does not use, or what `setHostFaults` throws.
 */
export async function fault({ stockout, quota, ...ofHosts }: FaultOptions): Promise<Outcome> {
  const { zones } = (await loadConfig('local')).gcp;
  const unknown = [...stockout, ...quota].find((zone) => !zones.includes(zone));
  if (unknown)
    throw new DojangError('unknown-zone', `no zone ${unknown} in environments.local.gcp.zones`, {
      next: `name one of: ${zones.join(', ')}`,
    });
  const hostLines = await setHostFaults(localFolders.hosts, ofHosts);
  if (stockout.length + quota.length === 0) {
    clearFaults(localFolders.gcp);
    if (hostLines.length > 0) return { data: ofHosts, lines: hostLines };
    return { data: {}, lines: ['every zone has stock again, and hosts have no faults'] };
  }
  writeFaults(localFolders.gcp, { stockout, quota });
  const told = [
    ...hostLines,
    ...stockout.map((zone) => `${zone} has no T4 left`),
    ...quota.map((zone) => `the quota allows no T4 in ${zone}`),
  ];
  return { data: { stockout, quota, ...ofHosts }, lines: [...told, '  dojang local fault   gives every zone stock again'] };
}
