/**
 * Tasks of an ECS service on Fargate: CPU and memory by the hour. On machines of its own a service
 * costs nothing more than these.
 */
import type { BilledResource, CostComponent, ResourceCostModel } from '../../../component.ts';
import { hoursAMonth, one, whole, zero } from '../../../decimal.ts';
import { elsewhere, fromPlan, notCovered, noted } from '../../billed.ts';
import { above, countedIf, fixed, fixedIfSome, plus, times } from '../../line-items.ts';
import { chosen, isUnknown, joined, properties, type Quantity, type Reader, reader, says, type Unknown } from '../../property-reader.ts';
import { referred } from '../../references.ts';
import { addressPrice } from '../network/eip.ts';
import { launchesOf } from './ecs-launch.ts';

/** A task has this much of temporary storage without paying for it. */
const includedGb = whole(20);

/** https://aws.amazon.com/fargate/pricing/ (2026-11) */
export const ecsService: ResourceCostModel = {
  type: 'AWS::ECS::Service',
  free: 'runs on machines that are billed themselves',
  billed: [
    noted(fromPlan('CPU of tasks', 'CPU', 'CPU (Spot)'), 'Spot has no price in the book'),
    fromPlan('memory of tasks', 'Memory', 'Memory (Spot)'),
    fromPlan('temporary storage beyond 20 GB', 'Temporary storage', 'Temporary storage (Spot)'),
    fromPlan('public IPv4 address of each task', 'Public IPv4 addresses'),
    notCovered('managed instances', 'their management fee has no price in the book'),
    notCovered('volumes that are attached to tasks', 'their size is a setting of each deployment'),
    elsewhere('Container Insights', 'it is billed with the cluster'),
    notCovered('traffic to the internet and between zones', 'no task says how much it sends'),
  ],
  components(resource, context) {
    const read = properties(resource);
    const task = referred(context, resource, resource.properties.TaskDefinition);
    const launches = launchesOf(resource, context, { desired: read.number('DesiredCount', one), task });
    const paid = launches.filter(({ provider }) => isUnknown(provider) || provider.startsWith('FARGATE'));
    const count = paid.reduce((total: Quantity, launch) => plus(total, launch.count), zero);
    return [
      ...paid.flatMap(({ provider, count: its }, at) => taskLines(resource, task, its, { provider, suffix: at === 0 ? '' : ' (Spot)' })),
      ...(paid.length > 0 ? addresses(resource, read, count) : []),
    ];
  },
};

interface Kind {
  /** `FARGATE` or `FARGATE_SPOT`; or why that is not known. */
  readonly provider: string | Unknown;
  /** Behind the names of lines, where some tasks run on the one and some on the other. */
  readonly suffix: string;
}

function taskLines(
  resource: BilledResource,
  task: BilledResource | undefined,
  count: Quantity,
  { provider, suffix }: Kind,
): CostComponent[] {
  const read = task ? properties(task) : reader({});
  const unknown = { reason: task ? 'its task definition does not say' : 'its task definition is not in the plan' };
  const market = chosen(says(provider, 'FARGATE_SPOT'), 'spot', '');
  const architecture = chosen(says(read.text('RuntimePlatform.CpuArchitecture', 'X86_64'), 'ARM64'), 'ARM', 'x86');
  const kind = joined(market, systemOf(read), architecture);
  const extra = above(read.number('EphemeralStorage.SizeInGiB', includedGb), includedGb);
  const hours = (quantity: Quantity) => times(times(quantity, count), hoursAMonth);
  return [
    fixed(resource, `CPU${suffix}`, hours(sizeOf(read, 'Cpu', unknown)), { unit: 'hour', service: 'fargate', item: joined(kind, 'vCPU') }),
    fixed(resource, `Memory${suffix}`, hours(sizeOf(read, 'Memory', unknown)), {
      unit: 'gb-hour',
      service: 'fargate',
      item: joined(kind, 'memory'),
    }),
    ...fixedIfSome(resource, `Temporary storage${suffix}`, hours(extra), { unit: 'gb-hour', service: 'fargate', item: 'storage' }),
  ];
}

/** Windows has prices of its own. */
function systemOf(read: Reader): string | Unknown {
  const family = read.text('RuntimePlatform.OperatingSystemFamily', 'LINUX');
  return isUnknown(family) || !family.startsWith('WINDOWS') ? (isUnknown(family) ? family : '') : 'Windows';
}

/**
 * 1024 units of CPU are one vCPU, 1024 MiB of memory are one GB of the price list; `.5 vCPU` and `2
 * GB` say it themselves.
 */
function sizeOf(read: Reader, path: 'Cpu' | 'Memory', unknown: Unknown): Quantity {
  const text = read.value(path);
  const [, amount] = (typeof text === 'string' && /^\s*(\d*\.?\d+)\s*(?:vcpu|gb)\s*$/i.exec(text)) || [];
  if (amount !== undefined) return reader({ amount: amount.startsWith('.') ? `0${amount}` : amount }).number('amount', zero);
  const units = read.number(path, unknown);
  return isUnknown(units) ? units : units.div(whole(1024));
}

function addresses(resource: BilledResource, read: Reader, count: Quantity): CostComponent[] {
  const assigned = says(read.text('NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp', 'DISABLED'), 'ENABLED');
  return fixedIfSome(resource, 'Public IPv4 addresses', countedIf(assigned, times(hoursAMonth, count)), addressPrice);
}
