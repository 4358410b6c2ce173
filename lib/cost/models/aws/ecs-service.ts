/** Tasks of an ECS service on Fargate: CPU and memory by the hour. On machines of its own a service costs nothing more than these. */
import type { BilledResource, CostComponent, CostContext, CostModel } from '../../component.ts';
import { hoursAMonth, one, whole } from '../../exact.ts';
import { above, countedIf, fixed, fixedIfSome, times } from '../parts.ts';
import { chosen, isUnread, joined, properties, type Quantity, type Reader, reader, says, type Unread } from '../read.ts';
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
    const kind = chosen(says(launch, 'FARGATE_SPOT'), 'spot', '');
    return [...taskLines(resource, context, count, kind), ...addresses(resource, read, count)];
  },
};

/** A service names how it is launched, or capacity providers; the first of these is taken. */
function launchOf(read: Reader): string | Unread {
  const providers = read.length('CapacityProviderStrategy');
  if (isUnread(providers)) return providers;
  const provider = read.text('CapacityProviderStrategy.0.CapacityProvider', '');
  if (isUnread(provider)) return provider;
  if (provider !== '') return provider.startsWith('FARGATE') ? provider : 'EC2';
  return read.text('LaunchType', 'EC2');
}

function taskLines(resource: BilledResource, context: CostContext, count: Quantity, prefix: string | Unread): CostComponent[] {
  const task = referred(context, resource, resource.properties.TaskDefinition);
  const read = task ? properties(task) : reader({});
  const unknown = { because: task ? 'its task definition does not say' : 'its task definition is not in the plan' };
  const kind = joined(prefix, chosen(says(read.text('RuntimePlatform.CpuArchitecture', 'X86_64'), 'ARM64'), 'ARM', 'x86'));
  const extra = above(read.number('EphemeralStorage.SizeInGiB', includedGb), includedGb);
  const hours = (quantity: Quantity) => times(times(quantity, count), hoursAMonth);
  return [
    fixed(resource, 'CPU', hours(share(read.number('Cpu', unknown))), { unit: 'hour', service: 'fargate', item: joined(kind, 'vCPU') }),
    fixed(resource, 'Memory', hours(share(read.number('Memory', unknown))), {
      unit: 'gb-hour',
      service: 'fargate',
      item: joined(kind, 'memory'),
    }),
    ...fixedIfSome(resource, 'Temporary storage', hours(extra), { unit: 'gb-hour', service: 'fargate', item: 'storage' }),
  ];
}

/** 1024 units of CPU are one vCPU, 1024 MiB of memory are one GB of the price list. */
function share(units: Quantity): Quantity {
  return isUnread(units) ? units : units.div(whole(1024));
}

function addresses(resource: BilledResource, read: Reader, count: Quantity): CostComponent[] {
  const assigned = says(read.text('NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp', 'DISABLED'), 'ENABLED');
  return fixedIfSome(resource, 'Public IPv4 addresses', countedIf(assigned, times(hoursAMonth, count)), addressPrice);
}
