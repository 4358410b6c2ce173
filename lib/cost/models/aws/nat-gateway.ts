/** A NAT gateway: by the hour and by what goes through. */
import type { CostModel } from '../../component.ts';
import { hoursAMonth } from '../../exact.ts';
import { fixed, used } from '../parts.ts';

export const natGateway: CostModel = {
  type: 'AWS::EC2::NatGateway',
  components: (resource, context) => [
    fixed(resource, 'NAT gateway', hoursAMonth, { unit: 'hour', service: 'nat', item: 'NAT gateway' }),
    used(resource, context, 'Data processed', 'processed-gb', { unit: 'gb', service: 'nat', item: 'NAT gateway data processed' }),
  ],
};
