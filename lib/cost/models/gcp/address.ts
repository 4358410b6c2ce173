/** Reserved addresses: one that a machine uses costs less than one that nobody uses. */
import type { CostModel } from '../../component.ts';
import { hoursAMonth } from '../../exact.ts';
import { fixed, type Priced } from '../parts.ts';
import { properties } from '../read.ts';
import { referrers } from '../related.ts';
import { addressInUse, natIps } from './instance.ts';
import { ruleAddress } from './load-balancing.ts';

const idle: Priced = { unit: 'hour', service: 'ip', item: 'static external IPv4 reserved but unused' };

export const address: CostModel = {
  type: 'gcp:compute/address:Address',
  free: 'an internal address, or one of a forwarding rule, is not billed',
  components(resource, context) {
    if (properties(resource).text('addressType', 'EXTERNAL') === 'INTERNAL') return [];
    if (referrers(context, 'gcp:compute/forwardingRule:ForwardingRule', ruleAddress, resource).length > 0) return [];
    const inUse = referrers(context, 'gcp:compute/instance:Instance', natIps, resource).length > 0;
    return [fixed(resource, 'External IPv4 address', hoursAMonth, inUse ? addressInUse : idle)];
  },
};

export const globalAddress: CostModel = {
  type: 'gcp:compute/globalAddress:GlobalAddress',
  free: 'an internal address, or one of a forwarding rule, is not billed',
  components(resource, context) {
    if (properties(resource).text('addressType', 'EXTERNAL') === 'INTERNAL') return [];
    const used = referrers(context, 'gcp:compute/globalForwardingRule:GlobalForwardingRule', ruleAddress, resource).length > 0;
    return used ? [] : [fixed(resource, 'External IPv4 address', hoursAMonth, idle)];
  },
};
