/** One EC2 machine. */
import type { BilledResource, CostComponent, CostContext, ResourceCostModel } from '../../../component.ts';
import { hoursAMonth, one } from '../../../decimal.ts';
import { countedIf, fixedIfSome } from '../../line-items.ts';
import type { Reader } from '../../property-reader.ts';
import { referrers } from '../../references.ts';
import { addressPrice } from '../network/eip.ts';
import { hasOwnAddress } from '../network/own-address.ts';
import { launched, machineDimensions, machineLines } from './machine.ts';

export const ec2Instance: ResourceCostModel = {
  type: 'AWS::EC2::Instance',
  billed: machineDimensions('Machine', 'Public IPv4 address'),
  components(resource, context) {
    const read = launched(resource, context, resource.properties);
    return [...machineLines(resource, context, { read, count: one }), ...ownAddress(resource, context, read)];
  },
};

/**
 * A machine in a public subnet gets an address of its own, which is billed, unless an Elastic IP
 * takes its place.
 */
function ownAddress(resource: BilledResource, context: CostContext, read: Reader): CostComponent[] {
  const elastic = ['AWS::EC2::EIPAssociation', 'AWS::EC2::EIP'].some((type) => referrers(context, type, instanceOf, resource).length > 0);
  if (elastic) return [];
  const subnet = read.value('NetworkInterfaces.0.SubnetId') ?? read.value('SubnetId');
  const has = hasOwnAddress(resource, context, read, subnet === undefined ? [] : [subnet]);
  return fixedIfSome(resource, 'Public IPv4 address', countedIf(has, hoursAMonth), addressPrice);
}

function instanceOf({ properties: { InstanceId } }: BilledResource) {
  return [InstanceId];
}
