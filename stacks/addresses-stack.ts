/** L0: what outlives machines. */
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { Environment } from '../lib/config/environment.ts';
import { AiNodeRole } from '../lib/constructs/access/ai-node-role.ts';
import { StaticAddress } from '../lib/constructs/network/static-address.ts';
import { ArtifactBucket } from '../lib/constructs/storage/artifact-bucket.ts';
import { DailySnapshots } from '../lib/constructs/storage/daily-snapshots.ts';
import { DataVolume } from '../lib/constructs/storage/data-volume.ts';
import { AlarmTopic } from '../lib/constructs/watching/alarm-topic.ts';
import { LayerStack } from './layer-stack.ts';

/**
 * The address, the releases and the data, all of which stay when the stack goes; who the GPU
 * machine is to AWS, which must be there before that machine joins; and what must not pause while a
 * machine is replaced: the snapshots of the data, and the topic of the alarms, whose e-mail
 * subscription would have to be confirmed again.
 */
export class AddressesStack extends LayerStack {
  readonly addressAllocationId: string;
  readonly alarmTopic: ITopic;
  readonly artifactsArn: string;
  readonly dataVolumeId: string;

  constructor(scope: Construct, environment: Environment) {
    super(
      scope,
      environment.names.stacks.addresses,
      environment,
      `${environment.prefix}: what outlives machines (address, releases, data)`,
    );
    const { prefix, aws, contact } = environment;
    const { address, allocationId } = new StaticAddress(this, 'StaticAddress', { name: prefix });
    const { bucket } = new ArtifactBucket(this, 'ArtifactBucket');
    const { volumeId } = new DataVolume(this, 'Data', {
      name: environment.names.aws.dataVolume,
      size: aws.dataDisk,
      zone: aws.zone,
      snapshot: aws.dataSnapshot,
    });
    const { roleName } = new AiNodeRole(this, 'AiNodeRole', { environment, artifactsArn: bucket.bucketArn });
    const { topic } = new AlarmTopic(this, 'AlarmTopic', { displayName: `${prefix} alarms`, contact });
    new DailySnapshots(this, 'Snapshots', { volumeName: environment.names.aws.dataVolume, keepDays: aws.snapshots.keepDays });
    this.addressAllocationId = allocationId;
    this.alarmTopic = topic;
    this.artifactsArn = this.exportValue(bucket.bucketArn, { name: environment.names.exports.artifacts });
    this.dataVolumeId = volumeId;
    this.exportOutputs({
      Address: address,
      AddressAllocationId: allocationId,
      ArtifactBucket: bucket.bucketName,
      DataVolumeId: volumeId,
      AiNodeRole: roleName,
      AlarmTopic: topic.topicArn,
    });
  }
}
