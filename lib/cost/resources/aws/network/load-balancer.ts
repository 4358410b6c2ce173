/**
 * Application and network load balancers: by the hour and by capacity units; each public one has an
 * address in every zone.
 */
import type { BilledResource, ResourceCostModel } from '../../../component.ts';
import { hoursAMonth, whole } from '../../../decimal.ts';
import { elsewhere, fromPlan, fromUsage } from '../../billed.ts';
import { countedIf, fixed, fixedIfSome, plus, times, used } from '../../line-items.ts';
import { type Flag, isUnknown, properties, type Quantity, says, type Unknown } from '../../property-reader.ts';
import { addressPrice } from './eip.ts';

/** https://aws.amazon.com/elasticloadbalancing/pricing/ (2026-11) */
export const loadBalancer: ResourceCostModel = {
  type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  billed: [
    fromPlan('hours', 'Load balancer'),
    fromUsage('capacity units', 'Capacity units'),
    fromPlan('reserved capacity units', 'Reserved capacity units'),
    fromPlan('public IPv4 address in each zone', 'Public IPv4 addresses'),
    elsewhere('trust stores', 'they are resources of their own'),
    elsewhere('traffic to the internet and between zones', 'it is billed where it is sent from'),
  ],
  components(resource, context) {
    const read = properties(resource);
    const type = read.text('Type', 'application');
    const kind = isUnknown(type) ? type : type === 'application' ? 'ALB' : type === 'network' ? 'NLB' : `${type} load balancer`;
    const units = kind === 'NLB' ? 'NLB NLCU' : isUnknown(kind) ? kind : `${kind} LCU`;
    const reserved = read.number('MinimumLoadBalancerCapacity.CapacityUnits', whole(0));
    return [
      fixed(resource, 'Load balancer', hoursAMonth, { unit: 'hour', service: 'elb', item: kind }),
      used(resource, context, 'Capacity units', 'lcu-hours', { unit: 'hour', service: 'elb', item: units }),
      ...fixedIfSome(resource, 'Reserved capacity units', times(reserved, hoursAMonth), {
        unit: 'hour',
        service: 'elb',
        item: isUnknown(kind) ? kind : `${kind} reserved capacity unit`,
      }),
      ...fixedIfSome(resource, 'Public IPv4 addresses', times(hoursAMonth, addressesOf(resource, kind)), addressPrice),
    ];
  },
};

/**
 * One in each zone. A mapping that names an Elastic IP uses that, which is billed by itself; a
 * gateway has none.
 */
function addressesOf(resource: BilledResource, kind: string | Unknown): Quantity {
  const read = properties(resource);
  if (kind === 'gateway load balancer') return whole(0);
  const without = says(read.text('IpAddressType', 'ipv4'), 'dualstack-without-public-ipv4');
  if (without === true) return whole(0);
  const mappings = read.maps('SubnetMappings');
  const withoutElastic = isUnknown(mappings) ? mappings : whole(mappings.filter(({ AllocationId }) => AllocationId === undefined).length);
  const zones = plus(read.length('Subnets'), withoutElastic);
  return countedIf(isPublic(resource), countedIf(without === false ? true : without, zones));
}

function isPublic(resource: BilledResource): Flag {
  return says(properties(resource).text('Scheme', 'internet-facing'), 'internet-facing');
}

/** The load balancer of before 2016. */
export const classicLoadBalancer: ResourceCostModel = {
  type: 'AWS::ElasticLoadBalancing::LoadBalancer',
  billed: [
    fromPlan('hours', 'Load balancer'),
    fromUsage('data processed', 'Data processed'),
    fromPlan('public IPv4 address in each zone', 'Public IPv4 addresses'),
    elsewhere('traffic to the internet and between zones', 'it is billed where it is sent from'),
  ],
  components(resource, context) {
    const read = properties(resource);
    const zones = plus(read.length('Subnets'), read.length('AvailabilityZones'));
    return [
      fixed(resource, 'Load balancer', hoursAMonth, { unit: 'hour', service: 'elb', item: 'classic load balancer' }),
      used(resource, context, 'Data processed', 'processed-gb', {
        unit: 'gb',
        service: 'elb',
        item: 'classic load balancer data processed',
      }),
      ...fixedIfSome(resource, 'Public IPv4 addresses', countedIf(isPublic(resource), times(hoursAMonth, zones)), addressPrice),
    ];
  },
};
