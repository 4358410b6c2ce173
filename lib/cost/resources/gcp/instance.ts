/** One Compute Engine machine. */
import { isObject } from '../../../inventory/normalise.ts';
import type { Json } from '../../../inventory/resource.ts';
import type { BilledResource, CostContext, ResourceCostModel } from '../../component.ts';
import { hoursAMonth, one, whole } from '../../decimal.ts';
import { fixedIfSome, type Priced, times } from '../line-items.ts';
import { isUnknown, knownMembers, properties, type Quantity, reader, type Unknown } from '../property-reader.ts';
import { referred } from '../references.ts';
import { machineDimensions, machineLines } from './machine.ts';

export const addressInUse: Priced = { unit: 'hour', service: 'ip', item: 'external IPv4 in use on a standard VM' };

export const gceInstance: ResourceCostModel = {
  type: 'gcp:compute/instance:Instance',
  billed: machineDimensions('External IPv4 address'),
  components(resource, context) {
    return [
      ...machineLines(resource, context, { read: properties(resource), count: one }),
      ...fixedIfSome(resource, 'External IPv4 address', times(hoursAMonth, externalAddresses(resource, context)), addressInUse),
    ];
  },
};

/**
 * How many addresses a machine, or each machine of a template, has that are billed with it. One
 * that is reserved in the same plan is billed there.
 */
export function externalAddresses(machine: BilledResource, context: CostContext): Quantity {
  const foreign = natIps(machine).filter((address) => referred(context, machine, address) === undefined);
  return openNatIps(machine) ?? whole(foreign.length);
}

/** Why not all addresses of a machine are known; undefined when they are. */
export function openNatIps(machine: BilledResource): Unknown | undefined {
  const interfaces = properties(machine).list('networkInterfaces');
  if (isUnknown(interfaces)) return interfaces;
  return interfaces.map((nic) => reader(nic).list('accessConfigs')).find(isUnknown);
}

/** The addresses of a machine, as far as they are known. */
export function natIps({ properties: { networkInterfaces } }: BilledResource): readonly (Json | undefined)[] {
  return knownMembers(networkInterfaces)
    .flatMap((nic) => (isObject(nic) ? knownMembers(nic.accessConfigs) : []))
    .map((access) => (isObject(access) ? access.natIp : undefined));
}
