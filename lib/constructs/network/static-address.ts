/** The address the outside knows. */
import { CfnEIP } from 'aws-cdk-lib/aws-ec2';
import { RemovalPolicy, Tags } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { fixLogicalId } from '../fixed-id.ts';

export interface StaticAddressProps {
  readonly name: string;
}

/** An Elastic IP that outlives machine and stack: DNS and the other cloud's firewall know it. */
export class StaticAddress extends Construct {
  readonly address: string;
  readonly allocationId: string;

  constructor(scope: Construct, id: string, props: StaticAddressProps) {
    super(scope, id);
    const address = new CfnEIP(this, 'Resource', { domain: 'vpc' });
    address.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    fixLogicalId(address, 'Address');
    Tags.of(address).add('Name', props.name);
    this.address = address.ref;
    this.allocationId = address.attrAllocationId;
  }
}
