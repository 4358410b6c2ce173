/** A small app with one of everything that the AWS side relies on. */

import { CfnLifecyclePolicy } from 'aws-cdk-lib/aws-dlm';
import {
  CfnEIP,
  CfnEIPAssociation,
  CfnInstance,
  CfnSecurityGroupIngress,
  CfnVolume,
  CfnVolumeAttachment,
  IpAddresses,
  SecurityGroup,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { App, CfnOutput, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import type { Environment } from '../../../../lib/config/environment.ts';
import type { Synth } from '../../../../scripts/io/aws/stacks/assembly.ts';

export interface Toy {
  readonly size: number;
  readonly zone: string;
  /** The machine to tie the address to. @default the app's own */
  readonly machine?: string;
}

export const toyStacks = ['toy-lasting', 'toy-machine'];

/** `toy-lasting` has the address and the volume, `toy-machine` imports them. */
export function toyApp({ aws: { account, region } }: Environment, { size, zone, machine }: Toy): Synth {
  return (outdir) => {
    const zones = { [`availability-zones:account=${account}:region=${region}`]: [`${region}a`] };
    const app = new App({ outdir, context: zones, analyticsReporting: false, treeMetadata: false, builtinCloudFormationValidation: false });
    const props = { env: { account, region }, terminationProtection: true };

    const lasting = new Stack(app, 'toy-lasting', props);
    const address = new CfnEIP(lasting, 'Address', { domain: 'vpc' });
    const volume = new CfnVolume(lasting, 'Data', { availabilityZone: zone, size, volumeType: 'gp3', encrypted: true });
    volume.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    new CfnOutput(lasting, 'PublicAddress', { value: address.ref });
    new CfnOutput(lasting, 'DataId', { value: volume.ref });

    const host = new Stack(app, 'toy-machine', props);
    const vpc = new Vpc(host, 'Vpc', {
      ipAddresses: IpAddresses.cidr('10.9.0.0/24'),
      maxAzs: 1,
      natGateways: 0,
      subnetConfiguration: [{ name: 'public', subnetType: SubnetType.PUBLIC }],
      restrictDefaultSecurityGroup: false,
    });
    const group = new SecurityGroup(host, 'Group', { vpc, securityGroupName: 'toy', allowAllOutbound: false });
    new CfnSecurityGroupIngress(host, 'Https', {
      groupId: group.securityGroupId,
      ipProtocol: 'tcp',
      fromPort: 443,
      toPort: 443,
      cidrIp: '0.0.0.0/0',
    });
    const instance = new CfnInstance(host, 'Host', {
      imageId: 'ami-00000000000a64f00',
      instanceType: 'm7g.large',
      subnetId: vpc.publicSubnets[0]?.subnetId,
      securityGroupIds: [group.securityGroupId],
      disableApiTermination: true,
    });
    new CfnEIPAssociation(host, 'Tie', { allocationId: address.attrAllocationId, instanceId: machine ?? instance.ref });
    new CfnVolumeAttachment(host, 'Attachment', { device: '/dev/sdf', volumeId: volume.ref, instanceId: instance.ref });
    const snapshots = new CfnLifecyclePolicy(host, 'Snapshots', {
      description: 'daily',
      executionRoleArn: 'arn:aws:iam::1:role/r',
      state: 'ENABLED',
    });
    new CfnOutput(host, 'InstanceId', { value: instance.ref, exportName: 'toy-machine-id' });
    new CfnOutput(host, 'SnapshotPolicy', { value: snapshots.attrArn });
    return app.synth();
  };
}
