/** An Elastic IP: billed by the hour, in use or not. */
import type { ResourceCostModel } from '../../../component.ts';
import { hoursAMonth } from '../../../decimal.ts';
import { elsewhere, fromPlan } from '../../billed.ts';
import { fixed, type Priced } from '../../line-items.ts';
import { properties } from '../../property-reader.ts';

export const addressPrice: Priced = { unit: 'hour', service: 'ipv4', item: 'public IPv4 address, in use or idle' };

/** https://aws.amazon.com/vpc/pricing/ (2026-11) */
export const elasticIp: ResourceCostModel = {
  type: 'AWS::EC2::EIP',
  free: 'an address of a range that you bring yourself is not billed',
  billed: [fromPlan('public IPv4 address', 'Public IPv4 address'), elsewhere('traffic', 'it is billed where it is sent from')],
  components: (resource) => {
    const own = properties(resource).text('PublicIpv4Pool', 'amazon');
    return typeof own === 'string' && own.startsWith('ipv4pool-')
      ? []
      : [fixed(resource, 'Public IPv4 address', hoursAMonth, addressPrice)];
  },
};
