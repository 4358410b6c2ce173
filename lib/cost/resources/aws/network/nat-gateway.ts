/** A NAT gateway: by the hour and by what goes through. */
import type { ResourceCostModel } from '../../../component.ts';
import { hoursAMonth } from '../../../decimal.ts';
import { elsewhere, fromPlan, fromUsage } from '../../billed.ts';
import { fixed, used } from '../../line-items.ts';
import { isUnknown, properties, says } from '../../property-reader.ts';

/** https://aws.amazon.com/vpc/pricing/ (2026-11) */
export const natGateway: ResourceCostModel = {
  type: 'AWS::EC2::NatGateway',
  billed: [
    fromPlan('hours', 'NAT gateway'),
    fromUsage('data processed', 'Data processed'),
    elsewhere('public IPv4 addresses', 'they are Elastic IPs, which are billed themselves'),
    elsewhere('traffic to the internet and between zones', 'it is billed where it is sent from'),
  ],
  components(resource, context) {
    const regional = says(properties(resource).text('AvailabilityMode', 'zonal'), 'regional');
    const many = isUnknown(regional) ? regional : { reason: 'a regional gateway is billed in each zone that it works in' };
    return [
      fixed(resource, 'NAT gateway', regional === false ? hoursAMonth : many, { unit: 'hour', service: 'nat', item: 'NAT gateway' }),
      used(resource, context, 'Data processed', 'processed-gb', { unit: 'gb', service: 'nat', item: 'NAT gateway data processed' }),
    ];
  },
};
