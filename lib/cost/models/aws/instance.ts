/** One EC2 machine. */
import { isObject } from '../../../inventory/normalise.ts';
import type { BilledResource, CostComponent, CostContext, CostModel } from '../../component.ts';
import { hoursAMonth, one } from '../../exact.ts';
import { fixed } from '../parts.ts';
import { properties } from '../read.ts';
import { referred, referrers } from '../related.ts';
import { addressPrice } from './eip.ts';
import { launched, machineLines } from './machine.ts';

export const ec2Instance: CostModel = {
  type: 'AWS::EC2::Instance',
  components(resource, context) {
    const read = launched(resource, context, resource.properties);
    return [...machineLines(resource, context, { read, count: one }), ...ownAddress(resource, context)];
  },
};

/** A machine in a public subnet gets an address of its own, which is billed, unless an Elastic IP takes its place. */
function ownAddress(resource: BilledResource, context: CostContext): CostComponent[] {
  const [nic] = properties(resource).list('NetworkInterfaces');
  const asked = isObject(nic) ? nic.AssociatePublicIpAddress : undefined;
  const subnet = referred(context, resource, (isObject(nic) ? nic.SubnetId : undefined) ?? resource.properties.SubnetId);
  const has = asked ?? subnet?.properties.MapPublicIpOnLaunch;
  const elastic = ['AWS::EC2::EIPAssociation', 'AWS::EC2::EIP'].some((type) => referrers(context, type, instanceOf, resource).length > 0);
  return has === true && !elastic ? [fixed(resource, 'Public IPv4 address', hoursAMonth, addressPrice)] : [];
}

function instanceOf({ properties: { InstanceId } }: BilledResource) {
  return [InstanceId];
}
