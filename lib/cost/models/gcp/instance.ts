/** One Compute Engine machine. */
import { isObject } from '../../../inventory/normalise.ts';
import type { Json } from '../../../inventory/resource.ts';
import type { BilledResource, CostModel } from '../../component.ts';
import { hoursAMonth, one, whole } from '../../exact.ts';
import { fixed, isSome, type Priced, times } from '../parts.ts';
import { list, properties } from '../read.ts';
import { referred } from '../related.ts';
import { machineLines } from './machine.ts';

export const addressInUse: Priced = { unit: 'hour', service: 'ip', item: 'external IPv4 in use on a standard VM' };

export const gceInstance: CostModel = {
  type: 'gcp:compute/instance:Instance',
  components(resource, context) {
    const foreign = natIps(resource).filter((address) => referred(context, resource, address) === undefined);
    const addresses = times(hoursAMonth, whole(foreign.length));
    return [
      ...machineLines(resource, context, { read: properties(resource), count: one }),
      ...(isSome(addresses) ? [fixed(resource, 'External IPv4 address', addresses, addressInUse)] : []),
    ];
  },
};

/** The addresses of a machine. One that is reserved in the same plan is billed there. */
export function natIps({ properties: { networkInterfaces } }: BilledResource): readonly (Json | undefined)[] {
  return list(networkInterfaces)
    .flatMap((nic) => (isObject(nic) ? list(nic.accessConfigs) : []))
    .map((access) => (isObject(access) ? access.natIp : undefined));
}
