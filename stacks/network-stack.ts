/** L1: who may talk to whom. */
import type { ISecurityGroup, IVpc } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import type { Environment } from '../lib/config/environment.ts';
import { HostGroup } from '../lib/constructs/network/host-group.ts';
import { PublicNetwork } from '../lib/constructs/network/public-network.ts';
import { hostRules } from '../lib/wiring/host-rules.ts';
import { LayerStack } from './layer-stack.ts';

/** The VPC with its one public subnet and the security group of the host. */
export class NetworkStack extends LayerStack {
  readonly vpc: IVpc;
  readonly hostGroup: ISecurityGroup;

  constructor(scope: Construct, environment: Environment) {
    super(scope, environment.names.stacks.network, environment, `${environment.prefix}: the network and its rules`);
    const { vpc, subnetId } = new PublicNetwork(this, 'Network', { name: environment.prefix, ...environment.aws });
    const name = environment.names.aws.hostGroup;
    const { group } = new HostGroup(this, 'HostGroup', { name, vpcId: vpc.vpcId, rules: hostRules(environment) });
    this.vpc = vpc;
    this.hostGroup = group;
    this.exportOutputs({ VpcId: vpc.vpcId, SubnetId: subnetId, HostGroupId: group.securityGroupId });
  }
}
