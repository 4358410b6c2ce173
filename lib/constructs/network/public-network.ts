/** The network of one public machine. */
import { FlowLogDestination, FlowLogTrafficType, type IIpAddresses, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Cidr } from '../../values/cidr.ts';

export interface PublicNetworkProps {
  readonly name: string;
  readonly range: Cidr;
  /** Range of the one subnet, within `range`. */
  readonly subnet: Cidr;
  /** Availability zone of the subnet. */
  readonly zone: string;
}

/**
 * A VPC with exactly one public subnet. @default no NAT gateway, a flow log kept for a month, no
 * address for machines that did not ask for one
 */
export class PublicNetwork extends Construct {
  readonly vpc: Vpc;
  readonly subnetId: string;

  constructor(scope: Construct, id: string, props: PublicNetworkProps) {
    super(scope, id);
    this.vpc = new Vpc(this, 'Vpc', {
      vpcName: props.name,
      availabilityZones: [props.zone],
      ipAddresses: exactly(props.range, props.subnet),
      subnetConfiguration: [{ name: 'public', subnetType: SubnetType.PUBLIC, mapPublicIpOnLaunch: false }],
      natGateways: 0,
      // The CDK would empty the unused default group by a function that has to be paid, patched and
      // trusted.
      restrictDefaultSecurityGroup: false,
    });
    this.subnetId = this.vpc.selectSubnets({ subnetType: SubnetType.PUBLIC }).subnetIds.join();
    keepFlowLog(this, this.vpc);
  }
}

/**
 * The CDK lays subnets out by itself; ours are written down, because the other cloud must not
 * overlap them.
 */
function exactly(range: Cidr, subnet: Cidr): IIpAddresses {
  return {
    allocateVpcCidr: () => ({ cidrBlock: range.toString() }),
    allocateSubnetsCidr: () => ({ allocatedSubnets: [{ cidr: subnet.toString() }] }),
  };
}

function keepFlowLog(scope: Construct, vpc: Vpc): void {
  const group = new LogGroup(scope, 'FlowLogGroup', { retention: RetentionDays.ONE_MONTH, removalPolicy: RemovalPolicy.DESTROY });
  vpc.addFlowLog('FlowLog', { destination: FlowLogDestination.toCloudWatchLogs(group), trafficType: FlowLogTrafficType.ALL });
}
