/**
 * Machines that come and go: as many as are desired, or the fewest there may be; on demand, Spot or
 * both.
 */
import { isObject } from '../../../../inventory/normalise.ts';
import type { Json, Properties } from '../../../../inventory/resource.ts';
import type { BilledResource, CostComponent, CostContext, ResourceCostModel } from '../../../component.ts';
import { hoursAMonth, one, whole, zero } from '../../../decimal.ts';
import { countedIf, fixedIfSome, isSome, minus, times } from '../../line-items.ts';
import { isOpen, isUnknown, notGiven, properties, type Quantity, type Reader, reader, says, type Unknown } from '../../property-reader.ts';
import { addressPrice } from '../network/eip.ts';
import { hasOwnAddress } from '../network/own-address.ts';
import { attachedLines, launched, machineDimensions, machineLine } from './machine.ts';

export const autoScalingGroup: ResourceCostModel = {
  type: 'AWS::AutoScaling::AutoScalingGroup',
  billed: machineDimensions('Machine', 'Public IPv4 addresses', 'Spot machine'),
  components(resource, context) {
    const own = properties(resource);
    const count = own.number('DesiredCapacity', own.number('MinSize', notGiven('DesiredCapacity')));
    const read = launched(resource, context, launchOf(resource));
    const has = hasOwnAddress(resource, context, read, own.list('VPCZoneIdentifier'));
    return [
      ...machines(resource, context, read, count),
      ...attachedLines(resource, context, { read, count }),
      ...fixedIfSome(resource, 'Public IPv4 addresses', countedIf(has, times(hoursAMonth, count)), addressPrice),
    ];
  },
};

/**
 * What the machines are launched from. The first override is what a group launches on demand,
 * unless it takes the cheapest.
 */
function launchOf({ properties: its }: BilledResource): Properties {
  const mixed = its.MixedInstancesPolicy;
  const template = isObject(mixed) && isObject(mixed.LaunchTemplate) ? mixed.LaunchTemplate : undefined;
  if (!template) return its;
  const { Overrides: overrides = [] } = template;
  const [override = null] = Array.isArray(overrides) ? (overrides as readonly Json[]) : [overrides];
  // One that is open says which type is launched only at the deployment.
  const first = isOpen(override) ? { InstanceType: override } : isObject(override) ? override : {};
  return {
    ...its,
    LaunchTemplate: first.LaunchTemplateSpecification ?? template.LaunchTemplateSpecification ?? null,
    ...(first.InstanceType !== undefined && { InstanceType: first.InstanceType }),
    ...(first.InstanceRequirements !== undefined && { InstanceRequirements: first.InstanceRequirements }),
  };
}

/** Machines of one kind in two lines where some are on demand and some are Spot. */
function machines(resource: BilledResource, context: CostContext, read: Reader, count: Quantity): CostComponent[] {
  const mixed = resource.properties.MixedInstancesPolicy;
  if (!isObject(mixed)) return [machineLine(resource, context, { read, count })];
  const policy = reader(mixed);
  const onDemand = onDemandOf(policy, count);
  const spot = minus(count, onDemand);
  const type = typeOf(policy);
  const kinds = [
    ...(isSome(onDemand) || !isSome(spot) ? [machineLine(resource, context, { read, count: onDemand, type: type.onDemand })] : []),
    ...(isSome(spot) && !isUnknown(spot) ? [machineLine(resource, context, { read, count: spot, type: type.spot, market: 'spot' })] : []),
  ];
  const [only, ...others] = kinds;
  if (only && others.length === 0) return [only];
  return kinds.map((line, at) => (at === 0 ? line : { ...line, name: 'Spot machine' }));
}

/**
 * The base, and of what is above it so many percent, rounded up.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/mixed-instances-groups-set-up-overview.html
 * (2026-11)
 */
function onDemandOf(policy: Reader, count: Quantity): Quantity {
  const base = policy.number('InstancesDistribution.OnDemandBaseCapacity', zero);
  const percent = policy.number('InstancesDistribution.OnDemandPercentageAboveBaseCapacity', whole(100));
  const overrides = policy.maps('LaunchTemplate.Overrides');
  if (isUnknown(overrides)) return overrides;
  const weights = overrides.map((override) => reader(override).number('WeightedCapacity', one));
  const unknown = [count, base, percent, ...weights].find(isUnknown);
  if (unknown) return unknown;
  if (isUnknown(count) || isUnknown(base) || isUnknown(percent)) return count;
  if (weights.some((weight) => !isUnknown(weight) && !weight.eq(one))) {
    return { reason: 'its capacity is counted in weights, and how many machines make it up is known only after the deployment' };
  }
  if (base.gt(count)) return count;
  const above = count.minus(base).times(percent).div(whole(100)).round(0, roundUp);
  return base.plus(above);
}

const roundUp = 3;

/** Which type is launched is the choice of the group when several may be. */
function typeOf(policy: Reader): { readonly onDemand?: Unknown; readonly spot?: Unknown } {
  const overrides = policy.maps('LaunchTemplate.Overrides');
  if (isUnknown(overrides)) return { onDemand: overrides, spot: overrides };
  const types = new Set(overrides.map(({ InstanceType }) => JSON.stringify(InstanceType)));
  if (types.size < 2) return {};
  const reason = `it launches one of ${types.size} machine types, and which is known only after the deployment`;
  const ordered = says(policy.text('InstancesDistribution.OnDemandAllocationStrategy', 'prioritized'), 'prioritized');
  return { spot: { reason: `spot: ${reason}` }, ...(ordered !== true && { onDemand: { reason } }) };
}
