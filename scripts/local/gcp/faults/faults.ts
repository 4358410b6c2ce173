/**
 * Faults on request: no stock, no quota, APIs and images that are off, slow creations. Read at each
 * request, so a test may change them at any time.
 */
import { join } from 'node:path';
import { zonesWithT4 } from '../../../../lib/config/machines.ts';
import { isObject } from '../../../../lib/inventory/normalise.ts';
import type { Properties } from '../../../../lib/inventory/resource.ts';
import { readJson, remove, writeJson } from '../../../io/state.ts';

export interface CloudFaults {
  /** Zones that have no machine with a GPU left. */
  readonly stockout?: readonly string[];
  /** Zones whose region allows no GPU; `all` for the project's own limit. */
  readonly quota?: readonly string[];
  /** Names of what a preflight is to find; see `preflight-faults.ts`. */
  readonly preflight?: readonly string[];
  /**
   * APIs that refuse their next so many requests, or all of them, as one does that was enabled a
   * moment ago; by name, like `compute`.
   */
  readonly serviceDisabled?: Readonly<Record<string, number | 'always'>>;
  /** Image families that are published no more, like `common-cu129-ubuntu-2204-nvidia-580`. */
  readonly retiredImages?: readonly string[];
  /**
   * Milliseconds that a creation takes at most, by resource type: it also ends as soon as the fault
   * is cleared.
   */
  readonly delayMs?: Readonly<Record<string, number>>;
}

const faultsFile = (folder: string) => join(folder, 'faults.json');

/** Asks the embedded cloud in `folder` to show these faults from now on. */
export function writeFaults(folder: string, faults: CloudFaults): void {
  writeJson(faultsFile(folder), faults);
}

/** No faults any more. */
export function clearFaults(folder: string): void {
  remove(faultsFile(folder));
}

export function readFaults(folder: string): CloudFaults {
  return readJson<CloudFaults>(faultsFile(folder)) ?? {};
}

/**
 * What the real cloud says when it refuses this machine now; undefined when it can be had. Only
 * machines with a GPU run short.
 */
export function refusal(faults: CloudFaults, type: string, inputs: Properties): string | undefined {
  if (type !== 'gcp:compute/instance:Instance' || !hasGpu(inputs)) return undefined;
  const zone = String(inputs.zone);
  if (faults.quota?.includes('all')) return quotaMessage('GPUS_ALL_REGIONS', 'globally', 'gpus_all_regions', 'global');
  if (faults.quota?.includes(zone)) {
    const region = zone.replace(/-[a-z]$/, '');
    return quotaMessage('NVIDIA_T4_GPUS', `in region ${region}`, 'nvidia_t4_gpus', region);
  }
  return faults.stockout?.includes(zone) ? stockOutMessage(zone, faults.stockout, inputs) : undefined;
}

function hasGpu({ guestAccelerators }: Properties): boolean {
  return Array.isArray(guestAccelerators) && guestAccelerators.some((gpu) => isObject(gpu) && gpu.count !== 0);
}

/**
 * The error of the operation that would start this machine, as the API answers it; undefined when
 * the zone has one.
 */
export function startFault(faults: CloudFaults, inputs: Properties): Properties | undefined {
  const zone = String(inputs.zone);
  if (!hasGpu(inputs) || !faults.stockout?.includes(zone)) return undefined;
  return { code: 'ZONE_RESOURCE_POOL_EXHAUSTED', message: exhaustedMessage(String(inputs.project), zone) };
}

function exhaustedMessage(project: string, zone: string): string {
  return `The zone 'projects/${project}/zones/${zone}' does not have enough resources available to fulfill the request.  Try a different zone, or try again later.`;
}

/** The wording of a failed operation, as the provider shows it with the operation's details. */
function stockOutMessage(zone: string, without: readonly string[], { project, machineType }: Properties): string {
  const withGpus = zonesWithT4[zone.replace(/-[a-z]$/, '')] ?? [];
  const available = withGpus.filter((other) => !without.includes(other));
  const details = { reason: 'resource_availability', vmType: machineType, zone, zonesAvailable: available.join(',') };
  return [
    `Error waiting for instance to create: ${exhaustedMessage(String(project), zone)}`,
    `code = ZONE_RESOURCE_POOL_EXHAUSTED, domain = compute.googleapis.com, metadatas = ${JSON.stringify(details)}`,
  ].join('\n\t');
}

function quotaMessage(quota: string, where: string, metric: string, dimension: string): string {
  return [
    `Error waiting for instance to create: Quota '${quota}' exceeded.  Limit: 0.0 ${where}.`,
    `metric name = compute.googleapis.com/${metric}`,
    `limit name = ${quota.replaceAll('_', '-')}-per-project`,
    'limit = 0',
    `dimensions = ${JSON.stringify(dimension === 'global' ? { global: 'global' } : { region: dimension })}`,
  ].join('\n\t');
}
