/** Where the resources of an inventory are. */
import type { Inventory, PlannedResource, Regions } from './resource.ts';

/**
 * The regions of an inventory. A file that does not say has them in the zones of its disks and
 * machines.
 */
export function regionsOf({ regions, resources }: Pick<Inventory, 'regions' | 'resources'>): Partial<Regions> {
  if (regions) return regions;
  const aws = first(resources, 'aws', ({ AvailabilityZone }) => awsRegionOf(AvailabilityZone));
  const gcp = first(resources, 'gcp', gcpRegionOf);
  return { ...(aws && { aws }), ...(gcp && { gcp }) };
}

/** `ap-northeast-2a` is in `ap-northeast-2`. */
export function awsRegionOf(zone: unknown): string | undefined {
  return typeof zone === 'string' ? /^([a-z]{2}(?:-[a-z]+)+-\d)[a-z]$/.exec(zone)?.[1] : undefined;
}

/**
 * A resource of Google says its region, or a zone of it (`asia-northeast3-b` is in
 * `asia-northeast3`), or as a bucket its location.
 */
export function gcpRegionOf({ region, zone, location }: Readonly<Record<string, unknown>>): string | undefined {
  if (typeof region === 'string') return region.split('/').at(-1);
  if (typeof location === 'string' && /^[a-z]+-[a-z]+\d$/i.test(location)) return location.toLowerCase();
  return typeof zone === 'string' ? /([a-z]+-[a-z]+\d)-[a-z]$/.exec(zone)?.[1] : undefined;
}

function first(
  resources: readonly PlannedResource[],
  cloud: string,
  regionOf: (properties: PlannedResource['properties']) => string | undefined,
) {
  for (const resource of resources) {
    const region = resource.cloud === cloud ? regionOf(resource.properties) : undefined;
    if (region) return region;
  }
  return undefined;
}
