/** `dojang local ...`: what a person does with the embedded clouds beside deploying to them. */
import { DojangError } from '../../lib/errors.ts';
import type { Outcome } from '../context.ts';
import { loadConfig } from '../io/config-file.ts';
import { terminal } from '../io/terminal.ts';
import { clearFaults, knownApis, writeFaults } from './gcp/index.ts';
import { localFolders, startLocalClouds } from './index.ts';

/** The variables as shell commands. Progress goes to stderr, so that `eval` reads the variables alone. */
export async function env(): Promise<Outcome> {
  const report = terminal({ out: process.stderr, progress: process.stderr });
  const variables = await startLocalClouds(await loadConfig('local'), report, false);
  return { data: variables, lines: Object.entries(variables).map(([name, value]) => `export ${name}='${value.replaceAll("'", `'\\''`)}'`) };
}

export interface FaultOptions {
  readonly stockout: readonly string[];
  readonly quota: readonly string[];
  /** Google APIs that refuse, by name like `compute`. */
  readonly serviceDisabled: readonly string[];
  /** How many requests each of them refuses; all when left out. */
  readonly for?: number;
  /** Image families that are published no more. */
  readonly retiredImage: readonly string[];
}

/**
 * Lets the embedded GCP refuse from now on what is named; without options it refuses nothing again.
 * @throws DojangError `unknown-zone` for a zone that the configuration does not use, `unknown-api`
 * for an API that nothing here calls.
 */
export async function fault({ stockout, quota, serviceDisabled, for: requests, retiredImage }: FaultOptions): Promise<Outcome> {
  requireZones([...stockout, ...quota], (await loadConfig('local')).gcp.zones);
  requireApis(serviceDisabled);
  const lines = [
    ...stockout.map((zone) => `${zone} has no T4 left`),
    ...quota.map((zone) => `the quota allows no T4 in ${zone}`),
    ...serviceDisabled.map(
      (api) => `${api}.googleapis.com refuses ${requests === undefined ? 'every request' : `the next ${requests} requests`}`,
    ),
    ...retiredImage.map((family) => `the image family ${family} is retired`),
  ];
  if (lines.length === 0) {
    clearFaults(localFolders.gcp);
    return { data: {}, lines: ['every zone has stock again, every API answers, every image family is published'] };
  }
  const faults = {
    stockout,
    quota,
    serviceDisabled: Object.fromEntries(serviceDisabled.map((api) => [api, requests ?? ('always' as const)])),
    retiredImages: retiredImage,
  };
  writeFaults(localFolders.gcp, faults);
  return { data: faults, lines: [...lines, '  dojang local fault   ends all of it'] };
}

function requireZones(named: readonly string[], zones: readonly string[]): void {
  const unknown = named.find((zone) => !zones.includes(zone));
  if (unknown === undefined) return;
  throw new DojangError('unknown-zone', `no zone ${unknown} in environments.local.gcp.zones`, { next: `name one of: ${zones.join(', ')}` });
}

function requireApis(named: readonly string[]): void {
  const unknown = named.find((api) => !knownApis.includes(api));
  if (unknown === undefined) return;
  throw new DojangError('unknown-api', `the embedded GCP has no API ${unknown}`, { next: `name one of: ${knownApis.join(', ')}` });
}
