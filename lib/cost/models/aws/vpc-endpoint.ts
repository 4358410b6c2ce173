/** A private way to a service of AWS. */
import type { CostModel } from '../../component.ts';
import { hoursAMonth, one } from '../../exact.ts';
import { fixed, isSome, times, used } from '../parts.ts';
import { isUnread, properties } from '../read.ts';

export const vpcEndpoint: CostModel = {
  type: 'AWS::EC2::VPCEndpoint',
  free: 'gateway endpoints are free of charge',
  components(resource, context) {
    const read = properties(resource);
    const type = read.text('VpcEndpointType', 'Gateway');
    if (type === 'Gateway') return [];
    const subnets = read.length('SubnetIds');
    const hours = times(hoursAMonth, isSome(subnets) ? subnets : one);
    return [
      fixed(resource, 'Endpoint', isUnread(type) ? type : hours, { unit: 'hour', service: 'vpc', item: 'interface endpoint' }),
      used(resource, context, 'Data processed', 'processed-gb', { unit: 'gb', service: 'vpc', item: 'interface endpoint data processed' }),
    ];
  },
};
