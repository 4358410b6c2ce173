/**
 * What Compute Engine machines of one kind are billed by: cores, memory, GPUs, disks, addresses,
 * traffic.
 */
import type { Big } from '../../../values/decimal.ts';
import type { BilledDimension, BilledResource, CostComponent, CostContext } from '../../component.ts';
import { hoursAMonth, whole, zero } from '../../decimal.ts';
import { elsewhere, fromPlan, fromUsage, notCovered } from '../billed.ts';
import { fixed, isNothing, times, unpricedIf, usageOf, used, usedIfSaid } from '../line-items.ts';
import {
  chosen,
  either,
  type Flag,
  isUnknown,
  joined,
  notGiven,
  type Quantity,
  type Reader,
  reader,
  says,
  type Unknown,
} from '../property-reader.ts';
import { bootDiskLines } from './boot-disk.ts';
import { licenceLines } from './licence.ts';
import { gpuItem, hasGpuInside, machineItem, n1Shape } from './shapes.ts';
import { sustainedUseLine } from './sustained.ts';

export interface Machines {
  readonly read: Reader;
  readonly count: Quantity;
}

/** What machines are billed by. https://cloud.google.com/compute/all-pricing (2026-11) */
export function machineDimensions(addresses: string): BilledDimension[] {
  return [
    fromPlan('cores and memory, or the whole machine', 'Machine', 'Cores', 'Memory'),
    fromPlan('GPUs', /^GPU( \d+)?$/),
    fromPlan('sustained use discount', /^Sustained use of /),
    fromPlan('boot disk and disks of a template', 'Boot disk', /^Disk \d+$/),
    fromPlan('local SSD', 'Local SSD'),
    fromPlan('licence of the operating system', 'Licence'),
    fromPlan('confidential computing', 'Confidential VM'),
    fromPlan('higher bandwidth', 'Tier 1 networking'),
    fromPlan('external IPv4 address', addresses),
    fromUsage('traffic to the internet', 'Internet traffic out'),
    fromUsage('traffic between zones', 'Traffic between zones'),
    notCovered('committed use discounts', 'they are the account’s: no program says them'),
    elsewhere('sole-tenant nodes and reservations', 'they are resources of their own'),
    notCovered('logs and metrics of an agent', 'what it sends is not in the program'),
  ];
}

/** How the machines of a resource run. */
interface Running {
  readonly resource: BilledResource;
  readonly machineType: string | Unknown;
  readonly count: Quantity;
  readonly hours: Big;
  readonly basis: CostComponent['basis'];
  readonly spot: Flag;
}

export function machineLines(resource: BilledResource, context: CostContext, { read, count }: Machines): CostComponent[] {
  const hours = usageOf(resource, context, 'hours');
  const running: Running = {
    resource,
    machineType: machineTypeOf(read),
    count,
    hours: hours.quantity ?? (isStopped(read) ? zero : hoursAMonth),
    basis: hours.quantity ? { usage: hours.usage } : 'fixed',
    spot: either(read.flag('scheduling.preemptible'), says(read.text('scheduling.provisioningModel', 'STANDARD'), 'SPOT')),
  };
  const tier = chosen(says(read.text('networkInterfaces.0.accessConfigs.0.networkTier', 'PREMIUM'), 'STANDARD'), 'standard', 'premium');
  return [
    ...machine(running),
    ...accelerators(running, read),
    ...bootDiskLines(resource, read, count),
    ...licenceLines(resource, read, times(running.hours, count)),
    ...(isNothing(count) ? [] : unpricedSettings(resource, read)),
    ...(isNothing(count) ? [] : trafficLines()),
  ];

  function trafficLines(): CostComponent[] {
    return [
      used(resource, context, 'Internet traffic out', 'internet-out-gb', {
        unit: 'gb',
        service: 'egress',
        item: joined('internet,', tier, 'tier'),
      }),
      ...usedIfSaid(resource, context, 'Traffic between zones', 'between-zones-gb', {
        unit: 'gb',
        service: 'transfer',
        item: 'between zones of a region',
      }),
    ];
  }
}

/**
 * https://cloud.google.com/confidential-computing/confidential-vm/pricing,
 * https://cloud.google.com/vpc/network-pricing (2026-11)
 */
function unpricedSettings(resource: BilledResource, read: Reader): CostComponent[] {
  const config = 'confidentialInstanceConfig';
  const isConfidential = either(read.has(`${config}.confidentialInstanceType`), read.flag(`${config}.enableConfidentialCompute`));
  const tier = read.text('networkPerformanceConfig.totalEgressBandwidthTier', 'DEFAULT');
  return [
    ...unpricedIf(
      resource,
      'Confidential VM',
      isConfidential,
      'a confidential machine costs more by the core and the GB, and has no price in the book',
    ),
    ...unpricedIf(
      resource,
      'Tier 1 networking',
      says(tier, 'TIER_1'),
      'higher bandwidth is billed by the machine type, and has no price in the book',
    ),
  ];
}

/** A machine that is to be stopped is billed for its disks alone. */
function isStopped(read: Reader): boolean {
  return read.text('desiredStatus', 'RUNNING') === 'TERMINATED';
}

/** Written as a name, or as a path that ends with it. */
function machineTypeOf(read: Reader): string | Unknown {
  const written = read.text('machineType', notGiven('machineType'));
  return isUnknown(written) ? written : (written.split('/').at(-1) ?? written);
}

function machine(running: Running): CostComponent[] {
  const { resource, machineType, count, hours, basis, spot } = running;
  const shape = isUnknown(machineType) || spot !== false ? undefined : n1Shape(machineType);
  if (!shape) {
    const item = isUnknown(machineType)
      ? machineType
      : chosen(spot, machineItem(machineType, { spot: true }), machineItem(machineType, { spot: false }));
    return [{ ...fixed(resource, 'Machine', times(hours, count), { unit: 'hour', service: 'compute', item }), basis }];
  }
  const core = { unit: 'hour', service: 'compute', item: 'N1 predefined core' } as const;
  const memory = { unit: 'gb-hour', service: 'compute', item: 'N1 predefined RAM' } as const;
  const [cores, gigabytes] = [times(shape.cores, count), times(shape.memory, count)];
  return [
    { ...fixed(resource, 'Cores', times(hours, cores), core), basis },
    { ...fixed(resource, 'Memory', times(hours, gigabytes), memory), basis },
    ...sustainedUseLine(resource, 'Sustained use of cores', { rule: 'n1', hours, amount: cores, priced: core }),
    ...sustainedUseLine(resource, 'Sustained use of memory', { rule: 'n1', hours, amount: gigabytes, priced: memory }),
  ];
}

function accelerators({ resource, machineType, count, hours, basis, spot }: Running, read: Reader): CostComponent[] {
  if (!isUnknown(machineType) && hasGpuInside(machineType)) return [];
  const kinds = read.list('guestAccelerators');
  if (isUnknown(kinds)) return [fixed(resource, 'GPU', kinds, { unit: 'hour', service: 'gpu', item: kinds })];
  return kinds.flatMap((accelerator, index) => {
    const { text, number } = reader(accelerator);
    const type = text('type', notGiven('type of guestAccelerators'));
    const rule = isUnknown(type) ? '' : gpuItem(type.split('/').at(-1) ?? type);
    const item = isUnknown(type) ? type : joined(rule, chosen(spot, 'spot', ''));
    const amount = times(number('count', whole(1)), count);
    const priced = { unit: 'hour', service: 'gpu', item } as const;
    const name = index === 0 ? 'GPU' : `GPU ${index + 1}`;
    return [
      { ...fixed(resource, name, times(hours, amount), priced), basis },
      ...(spot !== false ? [] : sustainedUseLine(resource, `Sustained use of ${name}`, { rule, hours, amount, priced })),
    ];
  });
}
