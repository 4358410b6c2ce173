/** Tasks of an ECS service on Fargate: CPU and memory by the hour. On machines of its own a service costs nothing more than these. */
import { isObject } from '../../../inventory/normalise.ts';
import type { BilledResource, CostComponent, CostContext, CostModel } from '../../component.ts';
import { hoursAMonth, one, whole } from '../../exact.ts';
import { above, fixed, isSome, times } from '../parts.ts';
import { isUnread, properties, type Quantity, type Reader, reader } from '../read.ts';
import { referred } from '../related.ts';
import { addressPrice } from './eip.ts';

/** A task has this much of temporary storage without paying for it. */
const includedGb = whole(20);

export const ecsService: CostModel = {
  type: 'AWS::ECS::Service',
  free: 'runs on machines that are billed themselves',
  components(resource, context) {
    const read = properties(resource);
    const launch = launchOf(read);
    if (launch === 'EC2' || launch === 'EXTERNAL') return [];
    const count = read.number('DesiredCount', one);
    return [...taskLines(resource, context, count, launch === 'FARGATE_SPOT' ? 'spot ' : ''), ...addresses(resource, read, count)];
  },
};

/** A service names how it is launched, or capacity providers; the first of these is taken. */
function launchOf(read: Reader): string {
  const [first] = read.list('CapacityProviderStrategy');
  const provider = isObject(first) ? first.CapacityProvider : undefined;
  if (typeof provider === 'string') return provider.startsWith('FARGATE') ? provider : 'EC2';
  return String(read.text('LaunchType', 'EC2'));
}

function taskLines(resource: BilledResource, context: CostContext, count: Quantity, prefix: string): CostComponent[] {
  const task = referred(context, resource, resource.properties.TaskDefinition);
  const read = task ? properties(task) : reader({});
  const unknown = { because: task ? 'its task definition does not say' : 'its task definition is not in the plan' };
  const kind = `${prefix}${read.text('RuntimePlatform.CpuArchitecture', 'X86_64') === 'ARM64' ? 'ARM' : 'x86'}`;
  const extra = above(read.number('EphemeralStorage.SizeInGiB', includedGb), includedGb);
  const hours = (quantity: Quantity) => times(times(quantity, count), hoursAMonth);
  return [
    fixed(resource, 'CPU', hours(share(read.number('Cpu', unknown))), { unit: 'hour', service: 'fargate', item: `${kind} vCPU` }),
    fixed(resource, 'Memory', hours(share(read.number('Memory', unknown))), {
      unit: 'gb-hour',
      service: 'fargate',
      item: `${kind} memory`,
    }),
    ...(isSome(extra)
      ? [fixed(resource, 'Temporary storage', hours(extra), { unit: 'gb-hour', service: 'fargate', item: 'storage' })]
      : []),
  ];
}

/** 1024 units of CPU are one vCPU, 1024 MiB of memory are one GB of the price list. */
function share(units: Quantity): Quantity {
  return isUnread(units) ? units : units.div(whole(1024));
}

function addresses(resource: BilledResource, read: Reader, count: Quantity): CostComponent[] {
  if (read.text('NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp', 'DISABLED') !== 'ENABLED') return [];
  return [fixed(resource, 'Public IPv4 addresses', times(hoursAMonth, count), addressPrice)];
}
