/**
 * What EC2 machines of one kind are billed by: hours, their own disks, detailed monitoring,
 * addresses, traffic.
 */
import { isObject } from '../../../../inventory/normalise.ts';
import type { Json, Properties } from '../../../../inventory/resource.ts';
import type { BilledDimension, BilledResource, CostComponent, CostContext } from '../../../component.ts';
import { hoursAMonth, whole } from '../../../decimal.ts';
import { fromPlan, fromUsage, notCovered, noted } from '../../billed.ts';
import { countedIf, fixed, fixedIfSome, isNothing, times, unpricedIf, usageOf, used, usedIfSaid } from '../../line-items.ts';
import { either, type Flag, joined, notGiven, type Quantity, type Reader, reader, type Unknown } from '../../property-reader.ts';
import { referred } from '../../references.ts';
import { diskLines } from './machine-disks.ts';
import { operatingSystemOf } from './operating-system.ts';

/**
 * Detailed monitoring is billed as custom metrics, seven a machine.
 * https://aws.amazon.com/cloudwatch/pricing/ (2026-10)
 */
const detailedMetrics = whole(7);

export interface Machines {
  readonly read: Reader;
  readonly count: Quantity;
}

interface MachineHours extends Machines {
  /** Why the type is not that of the template. */
  readonly type?: Unknown;
  readonly market?: 'spot';
}

/** What machines are billed by. https://aws.amazon.com/ec2/pricing/on-demand/ (2026-11) */
export function machineDimensions(machine: string, addresses: string, ...others: readonly string[]): BilledDimension[] {
  return [
    noted(
      fromPlan('machine hours', machine, ...others),
      'Linux, unless the image or the user data says otherwise; Spot has no price in the book',
    ),
    fromPlan('disks', 'Root disk storage', /^Disk .* storage$/),
    fromPlan('provisioned IOPS and throughput of disks', /^(Root disk|Disk .*) (IOPS|IOPS above 32000|throughput)$/),
    fromPlan('provisioned rate of initialization of disks', /^(Root disk|Disk .*) initialization$/),
    fromPlan('fee of dedicated machines', 'Dedicated fee'),
    fromUsage('requests to magnetic disks', /^(Root disk|Disk .*) requests$/),
    fromPlan('detailed monitoring', 'Detailed monitoring'),
    fromPlan('public IPv4 address', addresses),
    fromUsage('metrics of an agent', 'Agent metrics'),
    fromUsage('traffic to the internet', 'Internet traffic out'),
    fromUsage('traffic between zones', 'Traffic between zones'),
    fromUsage('traffic to other regions', 'Traffic to other regions'),
    fromUsage('CPU credits of T machines beyond what they earn', 'CPU credits'),
    notCovered('reserved instances and savings plans', 'they are the account’s: no template says them'),
    notCovered('licences of software in the image', 'the Marketplace bills them beside the machine'),
  ];
}

/**
 * A launch configuration asks for detailed monitoring unless it says otherwise.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-autoscaling-launchconfiguration.html
 * (2026-11)
 */
const configurationDefaults: Properties = { InstanceMonitoring: true };

/** Properties of a machine, those of its launch template below its own. */
export function launched(resource: BilledResource, context: CostContext, properties: Properties): Reader {
  const template = templateOf(resource, context, properties);
  return reader({ ...template, ...properties });
}

function templateOf(resource: BilledResource, context: CostContext, { LaunchTemplate, LaunchConfigurationName }: Properties): Properties {
  const named = isObject(LaunchTemplate) ? (LaunchTemplate.LaunchTemplateId ?? LaunchTemplate.LaunchTemplateName) : undefined;
  const template = referred(context, resource, named ?? LaunchConfigurationName) ?? templateNamed(resource, context, named);
  if (template?.type === 'AWS::AutoScaling::LaunchConfiguration') return { ...configurationDefaults, ...template.properties };
  const data = template?.properties.LaunchTemplateData;
  return isObject(data) ? data : {};
}

/** A launch template of the same stack by the name that it has. */
function templateNamed({ stack }: BilledResource, { resources }: CostContext, name: Json | undefined): BilledResource | undefined {
  if (typeof name !== 'string') return undefined;
  return resources.find(
    (each) => each.type === 'AWS::EC2::LaunchTemplate' && each.stack === stack && each.properties.LaunchTemplateName === name,
  );
}

/** Hours of a month, and what else such machines are billed by. */
export function machineLines(resource: BilledResource, context: CostContext, machines: Machines): CostComponent[] {
  return [machineLine(resource, context, machines), ...attachedLines(resource, context, machines)];
}

/** What machines are billed by beside their hours. */
export function attachedLines(resource: BilledResource, context: CostContext, { read, count }: Machines): CostComponent[] {
  return [
    ...diskLines(resource, context, read, count),
    ...fixedIfSome(resource, 'Detailed monitoring', countedIf(isWatched(read), times(detailedMetrics, count)), {
      unit: 'metric-month',
      service: 'cloudwatch',
      item: 'custom metric',
    }),
    ...agentLines(resource, context, count),
    ...(isNothing(count) ? [] : unpricedIf(resource, 'Dedicated fee', tenancyOf(read) === 'dedicated', dedicatedFee)),
    ...(isNothing(count) ? [] : trafficLines(resource, context)),
  ];
}

/**
 * No template shows what an agent on the machine sends: the usage file says it, of each machine.
 */
function agentLines(resource: BilledResource, context: CostContext, count: Quantity): CostComponent[] {
  const { quantity, usage } = usageOf(resource, context, 'agent-metrics');
  if (!quantity) return [];
  const priced = { unit: 'metric-month', service: 'cloudwatch', item: 'custom metric' } as const;
  return fixedIfSome(resource, 'Agent metrics', times(quantity, count), priced).map((line) => ({ ...line, basis: { usage } }));
}

/** A machine runs all month unless the usage file says otherwise. */
export function machineLine(resource: BilledResource, context: CostContext, { read, count, type, market }: MachineHours): CostComponent {
  const marketName = market ?? marketOf(read);
  const item = joined(type ?? machineType(read), operatingSystemOf(read), tenancyOf(read), marketName);
  const { quantity, usage } = usageOf(resource, context, 'hours');
  const line = fixed(resource, 'Machine', times(quantity ?? hoursAMonth, count), { unit: 'hour', service: 'ec2', item });
  return quantity ? { ...line, basis: { usage } } : line;
}

function machineType(read: Reader): string | Unknown {
  if (!read.has('InstanceRequirements')) return read.text('InstanceType', notGiven('InstanceType'));
  return { reason: 'InstanceRequirements choose the machine type, which is known only after the deployment' };
}

const dedicatedFee = 'dedicated machines pay a fee by the hour in each region, which has no price in the book';

/**
 * A machine and a launch template have market options, a launch configuration a highest price; ``
 * is on demand.
 */
function marketOf(read: Reader): string | Unknown {
  if (read.has('SpotPrice')) return 'spot';
  return read.has('InstanceMarketOptions') ? read.text('InstanceMarketOptions.MarketType', 'spot') : '';
}

/**
 * Hardware that is not shared has prices of its own; a whole host is billed by the host, which has
 * no model here.
 */
function tenancyOf(read: Reader): string | Unknown {
  const tenancy = read.text('Tenancy', read.text('Placement.Tenancy', read.text('PlacementTenancy', 'default')));
  if (tenancy === 'host') return { reason: 'it is on a dedicated host, which is billed instead of it and has no cost model' };
  return tenancy === 'default' ? '' : tenancy;
}

/**
 * A machine says it by a flag, a launch template within a map, a launch configuration by another
 * name.
 */
function isWatched(read: Reader): Flag {
  return either(read.flag(read.has('Monitoring.Enabled') ? 'Monitoring.Enabled' : 'Monitoring'), read.flag('InstanceMonitoring'));
}

/**
 * Traffic within a zone is free; the rest is billed by where it goes. What crosses zones is paid on
 * both sides: count it twice.
 */
function trafficLines(resource: BilledResource, context: CostContext): CostComponent[] {
  const to = (item: string) => ({ unit: 'gb', service: 'transfer', item }) as const;
  return [
    used(resource, context, 'Internet traffic out', 'internet-out-gb', to('internet out')),
    ...usedIfSaid(resource, context, 'Traffic between zones', 'between-zones-gb', to('between availability zones, each direction')),
    ...usedIfSaid(resource, context, 'Traffic to other regions', 'other-region-gb', to('to another AWS region')),
    ...usedIfSaid(resource, context, 'CPU credits', 'cpu-credit-hours', { unit: 'vcpu-hour', service: 'ec2', item: 'CPU credits' }),
  ];
}
