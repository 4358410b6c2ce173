/** The part of `dojang local fault` that is about the embedded GCP. */
import { DojangError } from '../../../../lib/errors/dojang-error.ts';
import type { PreflightFault } from '../../preflight-faults.ts';
import { clearFaults, knownApis, writeFaults } from '../index.ts';

export interface GcpFaultOptions {
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
 * Sets the faults that are named and ends those that are not.
 * @returns lines for the terminal; empty when none was named
 * @throws DojangError `unknown-zone` for a zone that is not among `zones`, `unknown-api` for an
 *   API that nothing here calls
 */
export function setGcpFaults(
  folder: string,
  zones: readonly string[],
  options: GcpFaultOptions,
  preflight: readonly PreflightFault[],
): string[] {
  const { stockout, quota, serviceDisabled, for: requests, retiredImage } = options;
  requireZones([...stockout, ...quota], zones);
  requireApis(serviceDisabled);
  if ([...stockout, ...quota, ...serviceDisabled, ...retiredImage, ...preflight].length === 0) clearFaults(folder);
  else {
    const disabled = Object.fromEntries(serviceDisabled.map((api) => [api, requests ?? ('always' as const)]));
    writeFaults(folder, { stockout, quota, serviceDisabled: disabled, retiredImages: retiredImage, preflight });
  }
  const refused = requests === undefined ? 'every request' : `the next ${requests} requests`;
  return [
    ...stockout.map((zone) => `${zone} has no T4 left`),
    ...quota.map((zone) => `the quota allows no T4 in ${zone}`),
    ...serviceDisabled.map((api) => `${api}.googleapis.com refuses ${refused}`),
    ...retiredImage.map((family) => `the image family ${family} is retired`),
  ];
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
