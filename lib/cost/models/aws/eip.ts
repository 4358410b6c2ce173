/** An Elastic IP: billed by the hour, in use or not. */
import type { CostModel } from '../../component.ts';
import { hoursAMonth } from '../../exact.ts';
import { fixed, type Priced } from '../parts.ts';

export const addressPrice: Priced = { unit: 'hour', service: 'ipv4', item: 'public IPv4 address, in use or idle' };

export const elasticIp: CostModel = {
  type: 'AWS::EC2::EIP',
  components: (resource) => [fixed(resource, 'Public IPv4 address', hoursAMonth, addressPrice)],
};
