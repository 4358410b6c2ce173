/** The resources of our own plans, as the cost engine takes them. */
import { gcpRegionOf, regionsOf } from '../../inventory/regions.ts';
import type { Inventory, PlannedResource, Regions } from '../../inventory/resource.ts';
import type { BilledResource } from '../component.ts';
import { unknownRegion } from '../component.ts';

/** Every resource of an inventory with the region that its prices are of. */
export function billedOf(inventory: Pick<Inventory, 'regions' | 'resources'>): BilledResource[] {
  return billedIn(inventory.resources, regionsOf(inventory));
}

/** Resources with the regions of their clouds; one of Google may be elsewhere by itself. */
export function billedIn(resources: readonly PlannedResource[], regions: Partial<Regions>): BilledResource[] {
  return resources.map((resource) => {
    const { cloud: provider, stack, id, type, properties } = resource;
    return { provider, region: regionOf(resource, regions), stack, id, type, properties };
  });
}

function regionOf({ cloud, properties }: PlannedResource, { aws, gcp }: Partial<Regions>): string {
  if (cloud === 'runpod') return 'global';
  return (cloud === 'aws' ? aws : (gcpRegionOf(properties) ?? gcp)) ?? unknownRegion;
}
