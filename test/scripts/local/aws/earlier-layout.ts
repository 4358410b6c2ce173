/**
 * The stacks of an environment as they were while the host's stack held the topic of the alarms and
 * the snapshot policy.
 */
import type { CfnTopic } from 'aws-cdk-lib/aws-sns';
import { App, Tags } from 'aws-cdk-lib/core';
import pinned from '../../../../cdk.context.json' with { type: 'json' };
import project from '../../../../cdk.json' with { type: 'json' };
import type { Environment } from '../../../../lib/config/environment.ts';
import { AiNodeRole } from '../../../../lib/constructs/access/ai-node-role.ts';
import { ServiceHost } from '../../../../lib/constructs/machine/service-host.ts';
import { StaticAddress } from '../../../../lib/constructs/network/static-address.ts';
import { ArtifactBucket } from '../../../../lib/constructs/storage/artifact-bucket.ts';
import { DailySnapshots } from '../../../../lib/constructs/storage/daily-snapshots.ts';
import { DataVolume } from '../../../../lib/constructs/storage/data-volume.ts';
import { AlarmTopic } from '../../../../lib/constructs/watching/alarm-topic.ts';
import { HostAlarms } from '../../../../lib/constructs/watching/host-alarms.ts';
import { MonthlyBudget } from '../../../../lib/constructs/watching/monthly-budget.ts';
import type { Synth } from '../../../../scripts/io/aws/stacks/assembly.ts';
import { AddressesStack } from '../../../../stacks/addresses-stack.ts';
import { LayerStack } from '../../../../stacks/layer-stack.ts';
import { NetworkStack } from '../../../../stacks/network-stack.ts';

/** Name that the topic had. */
export const fixedTopicName = ({ prefix }: Environment) => `${prefix}-alarms`;

export function earlierLayout(environment: Environment): Synth {
  return (outdir) => {
    const app = newApp(outdir, environment);
    const lasting = new EarlierAddresses(app, environment);
    new EarlierHost(app, environment, lasting, new NetworkStack(app, environment));
    return app.synth();
  };
}

/** Today's first layer, with the topic's name of then. */
export function addressesWithFixedName(environment: Environment): Synth {
  return (outdir) => {
    const app = newApp(outdir, environment);
    const stack = new AddressesStack(app, environment);
    (stack.alarmTopic.node.defaultChild as CfnTopic).topicName = fixedTopicName(environment);
    return app.synth();
  };
}

function newApp(outdir: string, environment: Environment): App {
  const context = { ...project.context, ...pinned };
  const app = new App({ context, outdir, analyticsReporting: false, treeMetadata: false, builtinCloudFormationValidation: false });
  for (const [key, value] of Object.entries(environment.names.tags)) Tags.of(app).add(key, value);
  return app;
}

class EarlierAddresses extends LayerStack {
  readonly allocationId: string;
  readonly artifactsArn: string;
  readonly volumeId: string;

  constructor(app: App, environment: Environment) {
    super(app, environment.names.stacks.addresses, environment, 'what outlives machines');
    const { prefix, aws } = environment;
    const { address, allocationId } = new StaticAddress(this, 'StaticAddress', { name: prefix });
    const { bucket } = new ArtifactBucket(this, 'ArtifactBucket');
    const { volumeId } = new DataVolume(this, 'Data', { name: `${prefix}-data`, size: aws.dataDisk, zone: aws.zone });
    new AiNodeRole(this, 'AiNodeRole', { environment, artifactsArn: bucket.bucketArn });
    this.allocationId = allocationId;
    this.artifactsArn = this.exportValue(bucket.bucketArn, { name: environment.names.exports.artifacts });
    this.volumeId = volumeId;
    this.exportOutputs({ Address: address, DataVolumeId: volumeId });
  }
}

class EarlierHost extends LayerStack {
  constructor(app: App, environment: Environment, lasting: EarlierAddresses, { vpc, hostGroup }: NetworkStack) {
    super(app, environment.names.stacks.host, environment, 'the machine and what watches over it');
    const { prefix, contact, aws } = environment;
    const { instanceId } = new ServiceHost(this, 'ServiceHost', {
      name: environment.names.stacks.host,
      environment,
      settings: aws,
      vpc,
      group: hostGroup,
      addressAllocationId: lasting.allocationId,
      dataVolumeId: lasting.volumeId,
      artifactsArn: lasting.artifactsArn,
    });
    const { topic } = new AlarmTopic(this, 'AlarmTopic', { displayName: prefix, contact });
    (topic.node.defaultChild as CfnTopic).topicName = fixedTopicName(environment);
    new HostAlarms(this, 'Alarms', { prefix, instanceId, thresholds: aws.alarms, topic });
    new DailySnapshots(this, 'Snapshots', { volumeName: `${prefix}-data`, keepDays: aws.snapshots.keepDays });
    new MonthlyBudget(this, 'MonthlyBudget', { limit: aws.budget, contact });
    this.exportOutputs({ InstanceId: instanceId });
  }
}
