/** Machines that come and go: as many as are desired, or the fewest there may be. */

import { isObject } from '../../../inventory/normalise.ts';
import type { CostModel } from '../../component.ts';
import { notGiven, properties } from '../read.ts';
import { launched, machineLines } from './machine.ts';

export const autoScalingGroup: CostModel = {
  type: 'AWS::AutoScaling::AutoScalingGroup',
  components(resource, context) {
    const own = properties(resource);
    const count = own.number('DesiredCapacity', own.number('MinSize', notGiven('DesiredCapacity')));
    const mixed = resource.properties.MixedInstancesPolicy;
    const template = isObject(mixed) && isObject(mixed.LaunchTemplate) ? mixed.LaunchTemplate.LaunchTemplateSpecification : undefined;
    const from = { ...(template && { LaunchTemplate: template }), ...resource.properties };
    return machineLines(resource, context, { read: launched(resource, context, from), count });
  },
};
