/** A private way to a service of AWS. */
import type { CostModel } from '../../component.ts';
import { hoursAMonth, whole } from '../../exact.ts';
import { fixed, times, used } from '../parts.ts';
import { properties } from '../read.ts';

export const vpcEndpoint: CostModel = {
  type: 'AWS::EC2::VPCEndpoint',
  free: 'gateway endpoints are free of charge',
  components(resource, context) {
    const read = properties(resource);
    if (read.text('VpcEndpointType', 'Gateway') === 'Gateway') return [];
    const zones = whole(Math.max(1, read.list('SubnetIds').length));
    return [
      fixed(resource, 'Endpoint', times(hoursAMonth, zones), { unit: 'hour', service: 'vpc', item: 'interface endpoint' }),
      used(resource, context, 'Data processed', 'processed-gb', { unit: 'gb', service: 'vpc', item: 'interface endpoint data processed' }),
    ];
  },
};
