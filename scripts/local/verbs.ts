/** `dojang local ...`: what a person does with the embedded clouds beside deploying to them. */
import { DojangError } from '../../lib/errors.ts';
import type { Outcome } from '../context.ts';
import { loadConfig } from '../io/config-file.ts';
import { terminal } from '../io/terminal.ts';
import { clearFaults, writeFaults } from './gcp/index.ts';
import { localFolders, startLocalClouds } from './index.ts';
import { isPreflightFault, type PreflightFault, preflightFaults } from './preflight-faults.ts';

/** The variables as shell commands. Progress goes to stderr, so that `eval` reads the variables alone. */
export async function env(): Promise<Outcome> {
  const report = terminal({ out: process.stderr, progress: process.stderr });
  const variables = await startLocalClouds(await loadConfig('local'), report, false);
  return { data: variables, lines: Object.entries(variables).map(([name, value]) => `export ${name}='${value.replaceAll("'", `'\\''`)}'`) };
}

export interface FaultOptions {
  readonly stockout: readonly string[];
  readonly quota: readonly string[];
  /** What `dojang preflight` is to find. */
  readonly preflight: readonly string[];
}

/**
 * Lets the embedded GCP refuse machines with a GPU from now on, and both clouds show what a preflight is to find; without options
 * there is no fault any more.
 * @throws DojangError `unknown-zone` for a zone that the configuration does not use; `unknown-fault` with the names there are.
 */
export async function fault({ stockout, quota, preflight }: FaultOptions): Promise<Outcome> {
  const asked = preflight.map(knownFault);
  const { zones } = (await loadConfig('local')).gcp;
  const unknown = [...stockout, ...quota].find((zone) => !zones.includes(zone));
  if (unknown)
    throw new DojangError('unknown-zone', `no zone ${unknown} in environments.local.gcp.zones`, {
      next: `name one of: ${zones.join(', ')}`,
    });
  if (stockout.length + quota.length + asked.length === 0) {
    for (const folder of [localFolders.aws, localFolders.gcp]) clearFaults(folder);
    return { data: {}, lines: ['every zone has stock again'] };
  }
  writeFaults(localFolders.gcp, { stockout, quota, preflight: asked });
  writeFaults(localFolders.aws, { preflight: asked });
  const told = [...stockout.map((zone) => `${zone} has no T4 left`), ...quota.map((zone) => `the quota allows no T4 in ${zone}`)];
  const found = asked.map((name) => preflightFaults[name]);
  return { data: { stockout, quota, preflight: asked }, lines: [...told, ...found, '  dojang local fault   gives every zone stock again'] };
}

function knownFault(name: string): PreflightFault {
  if (isPreflightFault(name)) return name;
  throw new DojangError('unknown-fault', `no fault ${name} that a preflight could find`, {
    next: `--preflight takes: ${Object.keys(preflightFaults).join(', ')}`,
  });
}
