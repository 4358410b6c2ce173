/** A group of machines made from one template. */

import { isObject } from '../../../inventory/normalise.ts';
import type { ResourceCostModel } from '../../component.ts';
import { hoursAMonth } from '../../decimal.ts';
import { fixedIfSome, times } from '../line-items.ts';
import { notGiven, properties, reader } from '../property-reader.ts';
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
      const [version] = read.list('versions');
      const template = referred(context, resource, isObject(version) ? version.instanceTemplate : undefined);
      const machine = template ? reader(template.properties) : read;
      const count = read.number('targetSize', notGiven('targetSize'));
      const addresses = times(externalAddresses(template ?? resource, context), times(hoursAMonth, count));
      return [
        ...machineLines(resource, context, { read: machine, count }),
        ...fixedIfSome(resource, 'External IPv4 addresses', addresses, addressInUse),
      ];
    },
  };
}
