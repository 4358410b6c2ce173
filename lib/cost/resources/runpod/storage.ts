/** What RunPod keeps, and machines that are rented whole. */
import type { ResourceCostModel } from '../../component.ts';
import { hoursAMonth, zero } from '../../decimal.ts';
import { fromPlan, notCovered } from '../billed.ts';
import { fixed, isSome, usageOf } from '../line-items.ts';
import { isUnknown, notGiven, properties } from '../property-reader.ts';

export const networkVolume: ResourceCostModel = {
  type: 'runpod:storage/networkVolume:NetworkVolume',
  billed: [fromPlan('storage', 'Storage'), notCovered('high-performance storage', 'no price in the book')],
  components: (resource) => [
    fixed(resource, 'Storage', properties(resource).number('size', notGiven('size')), {
      unit: 'gb-month',
      service: 'storage',
      region: 'global',
      item: 'network volume',
    }),
  ],
};

export const pod: ResourceCostModel = {
  type: 'runpod:pod/pod:Pod',
  billed: [
    fromPlan('machine hours', 'Machine'),
    fromPlan('disk', 'Disk'),
    notCovered('disk of a stopped pod', 'twice the price while it is stopped; a pod is taken to run'),
    notCovered('savings plans and spot pods', 'no price in the book'),
  ],
  components(resource, context) {
    const read = properties(resource);
    const gpu = read.text('gpu', notGiven('gpu'));
    const item = isUnknown(gpu) ? gpu : `${gpu}, on demand`;
    const { quantity, usage } = usageOf(resource, context, 'hours');
    const disk = read.number('disk', zero);
    const running = { unit: 'gb-month', service: 'storage', region: 'global', item: 'pod container or volume disk, running' } as const;
    return [
      {
        ...fixed(resource, 'Machine', quantity ?? hoursAMonth, { unit: 'hour', service: 'pod', region: 'global', item }),
        basis: quantity ? { usage } : 'fixed',
      },
      ...(isSome(disk) ? [fixed(resource, 'Disk', disk, running)] : []),
    ];
  },
};
