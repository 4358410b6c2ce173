/** A private way to a service of AWS. */
import type { ResourceCostModel } from '../../../component.ts';
import { hoursAMonth, one } from '../../../decimal.ts';
import { fromPlan, fromUsage, notCovered } from '../../billed.ts';
import { fixed, isSome, times, used } from '../../line-items.ts';
import { isUnknown, properties } from '../../property-reader.ts';

/** https://aws.amazon.com/privatelink/pricing/ (2026-11) */
export const vpcEndpoint: ResourceCostModel = {
  type: 'AWS::EC2::VPCEndpoint',
  free: 'gateway endpoints are free of charge',
  billed: [
    fromPlan('hours in each zone', 'Endpoint'),
    fromUsage('data processed', 'Data processed'),
    notCovered('access from another region', 'no price in the book'),
  ],
  components(resource, context) {
    const read = properties(resource);
    const type = read.text('VpcEndpointType', 'Gateway');
    if (type === 'Gateway') return [];
    // An endpoint of a Gateway Load Balancer and one to a resource have prices of their own.
    const kind = isUnknown(type) ? type : `${type === 'Interface' ? 'interface' : type} endpoint`;
    const subnets = read.length('SubnetIds');
    const hours = times(hoursAMonth, isSome(subnets) ? subnets : one);
    const data = isUnknown(kind) ? 'interface endpoint data processed' : `${kind} data processed`;
    return [
      fixed(resource, 'Endpoint', isUnknown(type) ? type : hours, { unit: 'hour', service: 'vpc', item: kind }),
      used(resource, context, 'Data processed', 'processed-gb', { unit: 'gb', service: 'vpc', item: data }),
    ];
  },
};
