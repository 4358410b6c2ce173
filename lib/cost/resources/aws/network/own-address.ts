/**
 * Public addresses that machines get of themselves, by their network interface, launch template or
 * subnet.
 */
import type { Json } from '../../../../inventory/resource.ts';
import type { BilledResource, CostContext } from '../../../component.ts';
import { type Flag, isUnknown, properties, type Reader, type Unknown } from '../../property-reader.ts';
import { referred } from '../../references.ts';

/**
 * Whether each machine of a resource gets one.
 * @param read what the machines are like, those of a launch template included.
 * @param subnets where they may be; or why that is not known.
 */
export function hasOwnAddress(resource: BilledResource, context: CostContext, read: Reader, subnets: readonly Json[] | Unknown): Flag {
  const interfaces = read.maps('NetworkInterfaces');
  if (isUnknown(interfaces)) return interfaces;
  // An interface that is made by itself keeps its own addresses.
  if (read.has('NetworkInterfaces.0.NetworkInterfaceId')) return false;
  const asked = ['NetworkInterfaces.0.AssociatePublicIpAddress', 'AssociatePublicIpAddress'].find((path) => read.has(path));
  if (asked) return read.flag(asked);
  return isUnknown(subnets) ? subnets : inSubnets(subnets.map((subnet) => gives(resource, context, subnet)));
}

function gives(resource: BilledResource, context: CostContext, subnet: Json): Flag {
  const found = referred(context, resource, subnet);
  if (found) return properties(found).flag('MapPublicIpOnLaunch');
  return {
    reason: `its subnet ${JSON.stringify(subnet).slice(0, 60)} is not in the plan, which says whether machines in it get an address`,
  };
}

function inSubnets(flags: readonly Flag[]): Flag {
  const [first] = flags;
  if (first === undefined) return { reason: 'it names no subnet, and that of a default VPC gives an address unless it was changed' };
  const open = flags.find(isUnknown);
  if (open) return open;
  return flags.every((flag) => flag === first) ? first : { reason: 'some of its subnets give public addresses and some do not' };
}
