/** What EC2 machines of one kind are billed by: hours, their own disks, detailed monitoring, addresses, traffic. */
import { isObject } from '../../../inventory/normalise.ts';
import type { Json, Properties } from '../../../inventory/resource.ts';
import type { BilledResource, CostComponent, CostContext } from '../../component.ts';
import { hoursAMonth, whole } from '../../exact.ts';
import { countedIf, fixed, fixedIfSome, times, usageOf, used, usedIfSaid } from '../parts.ts';
import { chosen, either, type Flag, joined, notGiven, type Quantity, type Reader, reader, says, type Unread } from '../read.ts';
import { referred } from '../related.ts';
import { volumeLines } from './ebs.ts';

/** Detailed monitoring is billed as custom metrics, seven a machine. https://aws.amazon.com/cloudwatch/pricing/ (2026-10) */
const detailedMetrics = whole(7);

export interface Machines {
  readonly read: Reader;
  readonly count: Quantity;
}

/** Properties of a machine, those of its launch template below its own. */
export function launched(resource: BilledResource, context: CostContext, properties: Properties): Reader {
  const template = templateOf(resource, context, properties);
  return reader({ ...template, ...properties });
}

function templateOf(resource: BilledResource, context: CostContext, { LaunchTemplate, LaunchConfigurationName }: Properties): Properties {
  const named = isObject(LaunchTemplate) ? (LaunchTemplate.LaunchTemplateId ?? LaunchTemplate.LaunchTemplateName) : undefined;
  const template = referred(context, resource, named ?? LaunchConfigurationName);
  const data = template?.properties.LaunchTemplateData ?? template?.properties;
  return isObject(data) ? data : {};
}

export function machineLines(resource: BilledResource, context: CostContext, { read, count }: Machines): CostComponent[] {
  return [
    machine(resource, context, read, count),
    ...diskLines(resource, read, count),
    ...fixedIfSome(resource, 'Detailed monitoring', countedIf(isWatched(read), times(detailedMetrics, count)), {
      unit: 'metric-month',
      service: 'cloudwatch',
      item: 'custom metric',
    }),
    ...agentLines(resource, context, count),
    ...trafficLines(resource, context),
  ];
}

/** No template shows what an agent on the machine sends: the usage file says it, of each machine. */
function agentLines(resource: BilledResource, context: CostContext, count: Quantity): CostComponent[] {
  const { quantity, usage } = usageOf(resource, context, 'agent-metrics');
  if (!quantity) return [];
  const priced = { unit: 'metric-month', service: 'cloudwatch', item: 'custom metric' } as const;
  return fixedIfSome(resource, 'Agent metrics', times(quantity, count), priced).map((line) => ({ ...line, basis: { usage } }));
}

/** A machine runs all month unless the usage file says otherwise. */
function machine(resource: BilledResource, context: CostContext, read: Reader, count: Quantity): CostComponent {
  const type = read.text('InstanceType', notGiven('InstanceType'));
  const item = joined(type, tenancyOf(read), chosen(isSpot(read), 'spot', ''));
  const { quantity, usage } = usageOf(resource, context, 'hours');
  const line = fixed(resource, 'Machine', times(quantity ?? hoursAMonth, count), { unit: 'hour', service: 'ec2', item });
  return quantity ? { ...line, basis: { usage } } : line;
}

function isSpot(read: Reader): Flag {
  return read.has('InstanceMarketOptions') ? says(read.text('InstanceMarketOptions.MarketType', 'spot'), 'spot') : false;
}

/** Hardware that nobody shares has prices of its own; a whole host is billed by the host, which has no model here. */
function tenancyOf(read: Reader): string | Unread {
  const tenancy = read.text('Tenancy', read.text('Placement.Tenancy', read.text('PlacementTenancy', 'default')));
  if (tenancy === 'host') return { because: 'it is on a dedicated host, which is billed instead of it and has no cost model' };
  return tenancy === 'default' ? '' : tenancy;
}

/** A machine says it by a flag, a launch template within a map, a launch configuration by another name. */
function isWatched(read: Reader): Flag {
  return either(read.flag(read.has('Monitoring.Enabled') ? 'Monitoring.Enabled' : 'Monitoring'), read.flag('InstanceMonitoring'));
}

/** Traffic within a zone is free; the rest is billed by where it goes. What crosses zones is paid on both sides: count it twice. */
function trafficLines(resource: BilledResource, context: CostContext): CostComponent[] {
  const to = (item: string) => ({ unit: 'gb', service: 'transfer', item }) as const;
  return [
    used(resource, context, 'Internet traffic out', 'internet-out-gb', to('internet out')),
    ...usedIfSaid(resource, context, 'Traffic between zones', 'between-zones-gb', to('between availability zones, each direction')),
    ...usedIfSaid(resource, context, 'Traffic to other regions', 'other-region-gb', to('to another AWS region')),
  ];
}

/** Disks that come with the machine. One from an image alone has the size that the image says: not known here. */
function diskLines(resource: BilledResource, read: Reader, count: Quantity): CostComponent[] {
  const mappings = read.list('BlockDeviceMappings').filter((mapping) => isObject(mapping) && isObject(mapping.Ebs));
  const disks = mappings.map((mapping) => ({ ebs: isObject(mapping) ? mapping.Ebs : undefined, device: nameOf(mapping) }));
  if (disks.length === 0) {
    return [
      fixed(
        resource,
        'Root disk storage',
        { because: 'the size of the root disk is what the image says' },
        { unit: 'gb-month', service: 'ebs', item: 'gp3 storage' },
      ),
    ];
  }
  return disks.flatMap(({ ebs, device }, index) => {
    const size = reader(ebs).number('VolumeSize', { because: `the size of ${device} is what the image says` });
    return volumeLines(resource, reader(ebs), { size, prefix: index === 0 ? 'Root disk ' : `Disk ${device} `, count });
  });
}

function nameOf(mapping: Json): string {
  const device = isObject(mapping) ? mapping.DeviceName : undefined;
  return typeof device === 'string' ? device : '?';
}
