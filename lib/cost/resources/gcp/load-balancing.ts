/**
 * Forwarding rules: what a load balancer of Google is billed by. Google charges the first five
 * rules of a project together and each further one by itself; here each is a line of its own, and
 * the price book has no price of any, so that all of them are reported as unknown. A price of them
 * must come with that rule: a pool of five that is paid once.
 */
import type { BilledResource, ResourceCostModel } from '../../component.ts';
import { hoursAMonth } from '../../decimal.ts';
import { elsewhere, fromPlan, fromUsage } from '../billed.ts';
import { fixed, used } from '../line-items.ts';

export const forwardingRule: ResourceCostModel = ruleOf('gcp:compute/forwardingRule:ForwardingRule');
export const globalForwardingRule: ResourceCostModel = ruleOf('gcp:compute/globalForwardingRule:GlobalForwardingRule');

export function ruleAddress({ properties: { ipAddress } }: BilledResource) {
  return [ipAddress];
}

function ruleOf(type: string): ResourceCostModel {
  return {
    type,
    billed: [
      fromPlan('forwarding rule', 'Forwarding rule'),
      fromUsage('data processed', 'Data processed'),
      elsewhere('Cloud CDN, Cloud Armor, certificates', 'they are resources of their own'),
      elsewhere('traffic to the internet', 'it is billed where it is sent from'),
    ],
    components: (resource, context) => [
      fixed(resource, 'Forwarding rule', hoursAMonth, { unit: 'hour', service: 'load-balancing', item: 'forwarding rule' }),
      used(resource, context, 'Data processed', 'processed-gb', { unit: 'gb', service: 'load-balancing', item: 'data processed' }),
    ],
  };
}
