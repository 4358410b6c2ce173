/** A group of machines made from one template. */
import type { BilledResource, CostComponent, CostContext, ResourceCostModel } from '../../component.ts';
import { hoursAMonth } from '../../decimal.ts';
import { fixed, fixedIfSome, isNothing, times, used } from '../line-items.ts';
import { isUnknown, notGiven, properties, type Reader, type Unknown } from '../property-reader.ts';
import { referred } from '../references.ts';
import { addressInUse, externalAddresses } from './instance.ts';
import { machineDimensions, machineLines } from './machine.ts';

export const instanceGroupManager: ResourceCostModel = groupOf('gcp:compute/instanceGroupManager:InstanceGroupManager');
export const regionInstanceGroupManager: ResourceCostModel = groupOf('gcp:compute/regionInstanceGroupManager:RegionInstanceGroupManager');

function groupOf(type: string): ResourceCostModel {
  return {
    type,
    billed: machineDimensions('External IPv4 addresses'),
    components(resource, context) {
      const read = properties(resource);
      const template = templateOf(resource, context, read);
      const count = read.number('targetSize', notGiven('targetSize'));
      if (isUnknown(template)) return isNothing(count) ? [] : unknownMachines(resource, context, template);
      const addresses = times(externalAddresses(template, context), times(hoursAMonth, count));
      return [
        ...machineLines(resource, context, { read: properties(template), count }),
        ...fixedIfSome(resource, 'External IPv4 addresses', addresses, addressInUse),
      ];
    },
  };
}

/** The template of its first version; or why that is not known. */
function templateOf(resource: BilledResource, context: CostContext, read: Reader): BilledResource | Unknown {
  const versions = read.maps('versions');
  if (isUnknown(versions)) return versions;
  return referred(context, resource, versions[0]?.instanceTemplate) ?? { reason: 'its instance template is not in the plan' };
}

/** All that its machines may be billed by, none of which is known. */
function unknownMachines(resource: BilledResource, context: CostContext, why: Unknown): CostComponent[] {
  return [
    fixed(resource, 'Machine', why, { unit: 'hour', service: 'compute', item: why }),
    fixed(resource, 'GPU', why, { unit: 'hour', service: 'gpu', item: why }),
    fixed(resource, 'Boot disk', why, { unit: 'gb-month', service: 'disk', item: why }),
    fixed(resource, 'Licence', why, { unit: 'hour', service: 'compute', item: why }),
    fixed(resource, 'External IPv4 addresses', why, addressInUse),
    used(resource, context, 'Internet traffic out', 'internet-out-gb', { unit: 'gb', service: 'egress', item: why }),
  ];
}
