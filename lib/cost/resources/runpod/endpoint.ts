/**
 * A serverless endpoint of RunPod: workers that always run, and workers that are paid while they
 * work.
 */
import type { ResourceCostModel } from '../../component.ts';
import { secondsAMonth, zero } from '../../decimal.ts';
import { elsewhere, fromPlan, fromUsage, notCovered } from '../billed.ts';
import { fixed, isSome, times, used } from '../line-items.ts';
import { isUnknown, notGiven, properties } from '../property-reader.ts';

/** GPUs as the price book names them, by what RunPod calls them in an endpoint. */
const gpus: Readonly<Record<string, string>> = {
  '16 GB': '16 GB (A4000, A4500, RTX 4000)',
  '24 GB': '24 GB (L4, A5000, 3090)',
  '24 GB PRO': '24 GB PRO (4090)',
  '48 GB': '48 GB (A6000, A40)',
  '48 GB PRO': '48 GB PRO (L40, L40S, 6000 Ada)',
  '80 GB': '80 GB (A100)',
  '80 GB PRO': '80 GB PRO (H100)',
};

export const runpodEndpoint: ResourceCostModel = {
  type: 'runpod:serverless/endpoint:Endpoint',
  free: 'an endpoint without workers is not billed',
  billed: [
    fromPlan('active workers', 'Active workers'),
    fromUsage('flex workers, their start and idle seconds included', 'Flex workers'),
    elsewhere('network volume', 'it is a resource of its own'),
    notCovered('container disk of workers', 'no price in the book'),
  ],
  components(resource, context) {
    const read = properties(resource);
    const gpu = read.text('gpu', notGiven('gpu'));
    const priced = (how: string) => {
      const item = isUnknown(gpu) ? gpu : `${gpus[gpu] ?? gpu} ${how}`;
      return { unit: 'second', service: 'serverless', region: 'global', item } as const;
    };
    const active = read.number('workers.active', zero);
    return [
      ...(isSome(active) ? [fixed(resource, 'Active workers', times(secondsAMonth, active), priced('active'))] : []),
      ...(isSome(read.number('workers.flex', zero)) ? [used(resource, context, 'Flex workers', 'flex-seconds', priced('flex'))] : []),
    ];
  },
};
