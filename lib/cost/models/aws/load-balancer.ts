/** Application and network load balancers: by the hour and by capacity units; each public one has an address in every zone. */
import type { CostModel } from '../../component.ts';
import { hoursAMonth } from '../../exact.ts';
import { countedIf, fixed, fixedIfSome, plus, times, used } from '../parts.ts';
import { isUnread, properties, says } from '../read.ts';
import { addressPrice } from './eip.ts';

export const loadBalancer: CostModel = {
  type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  components(resource, context) {
    const read = properties(resource);
    const type = read.text('Type', 'application');
    const kind = isUnread(type) ? type : type === 'application' ? 'ALB' : type === 'network' ? 'NLB' : `${type} load balancer`;
    const units = kind === 'NLB' ? 'NLB NLCU' : isUnread(kind) ? kind : `${kind} LCU`;
    const zones = plus(read.length('Subnets'), read.length('SubnetMappings'));
    const isPublic = says(read.text('Scheme', 'internet-facing'), 'internet-facing');
    return [
      fixed(resource, 'Load balancer', hoursAMonth, { unit: 'hour', service: 'elb', item: kind }),
      used(resource, context, 'Capacity units', 'lcu-hours', { unit: 'hour', service: 'elb', item: units }),
      ...fixedIfSome(resource, 'Public IPv4 addresses', countedIf(isPublic, times(hoursAMonth, zones)), addressPrice),
    ];
  },
};

/** The load balancer of before 2016. */
export const classicLoadBalancer: CostModel = {
  type: 'AWS::ElasticLoadBalancing::LoadBalancer',
  components: (resource, context) => [
    fixed(resource, 'Load balancer', hoursAMonth, { unit: 'hour', service: 'elb', item: 'classic load balancer' }),
    used(resource, context, 'Data processed', 'processed-gb', { unit: 'gb', service: 'elb', item: 'classic load balancer data processed' }),
  ],
};
