/** Parts of a network that cost nothing themselves, and whose logs do. */
import type { ResourceCostModel } from '../../component.ts';
import { fromUsage, notCovered } from '../billed.ts';
import { type Priced, used } from '../line-items.ts';
import { properties } from '../property-reader.ts';

export const logging: Priced = { unit: 'gb', service: 'logging', region: 'global', item: 'Cloud Logging ingestion' };

export const subnetwork: ResourceCostModel = {
  type: 'gcp:compute/subnetwork:Subnetwork',
  free: 'a subnet without flow logs is not billed',
  billed: [fromUsage('flow logs', 'Flow logs'), notCovered('logs kept for more than 30 days', 'no price in the book')],
  components(resource, context) {
    return properties(resource).has('logConfig') ? [used(resource, context, 'Flow logs', 'logged-gb', logging)] : [];
  },
};

export const firewall: ResourceCostModel = {
  type: 'gcp:compute/firewall:Firewall',
  free: 'a rule without logs is not billed',
  billed: [fromUsage('logs of the rule', 'Rule logs'), notCovered('logs kept for more than 30 days', 'no price in the book')],
  components(resource, context) {
    return properties(resource).has('logConfig') ? [used(resource, context, 'Rule logs', 'logged-gb', logging)] : [];
  },
};
