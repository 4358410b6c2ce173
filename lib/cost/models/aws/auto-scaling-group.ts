/** Machines that come and go: as many as are desired, or the fewest there may be. */

import { isObject } from '../../../inventory/normalise.ts';
import type { CostModel } from '../../component.ts';
import { hoursAMonth } from '../../exact.ts';
import { countedIf, fixedIfSome, times } from '../parts.ts';
import { isUnread, notGiven, properties } from '../read.ts';
import { addressPrice } from './eip.ts';
import { launched, machineLines } from './machine.ts';
import { hasOwnAddress } from './own-address.ts';

export const autoScalingGroup: CostModel = {
  type: 'AWS::AutoScaling::AutoScalingGroup',
  components(resource, context) {
    const own = properties(resource);
    const count = own.number('DesiredCapacity', own.number('MinSize', notGiven('DesiredCapacity')));
    const mixed = resource.properties.MixedInstancesPolicy;
    const template = isObject(mixed) && isObject(mixed.LaunchTemplate) ? mixed.LaunchTemplate.LaunchTemplateSpecification : undefined;
    const from = { ...(template && { LaunchTemplate: template }), ...resource.properties };
    const read = launched(resource, context, from);
    const subnets = own.length('VPCZoneIdentifier');
    const has = hasOwnAddress(resource, context, read, isUnread(subnets) ? subnets : own.list('VPCZoneIdentifier'));
    return [
      ...machineLines(resource, context, { read, count }),
      ...fixedIfSome(resource, 'Public IPv4 addresses', countedIf(has, times(hoursAMonth, count)), addressPrice),
    ];
  },
};
