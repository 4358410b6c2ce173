/** L2: the machine and what watches over it. */
import type { Construct } from 'constructs';
import type { Environment } from '../lib/config/environment.ts';
import { stackNames } from '../lib/config/names.ts';
import { AlarmTopic } from '../lib/constructs/alarm-topic.ts';
import { DailySnapshots } from '../lib/constructs/daily-snapshots.ts';
import { HostAlarms } from '../lib/constructs/host-alarms.ts';
import { MonthlyBudget } from '../lib/constructs/monthly-budget.ts';
import { ServiceHost } from '../lib/constructs/service-host.ts';
import { type AddressesStack, dataVolumeName } from './addresses-stack.ts';
import { LayerStack } from './layer-stack.ts';
import type { NetworkStack } from './network-stack.ts';

export interface LowerLayers {
  readonly addresses: AddressesStack;
  readonly network: NetworkStack;
}

/** The machine, the snapshots of its data, its alarms and the budget. */
export class HostStack extends LayerStack {
  constructor(scope: Construct, environment: Environment, { addresses, network }: LowerLayers) {
    super(scope, stackNames(environment).host, environment, `${environment.prefix}: the machine and what watches over it`);
    const { prefix, contact, aws } = environment;
    const { instanceId } = new ServiceHost(this, 'ServiceHost', {
      name: stackNames(environment).host,
      environment,
      settings: aws,
      vpc: network.vpc,
      group: network.hostGroup,
      addressAllocationId: addresses.addressAllocationId,
      dataVolumeId: addresses.dataVolumeId,
      artifactsArn: addresses.artifactsArn,
    });
    const { topic } = new AlarmTopic(this, 'AlarmTopic', { name: `${prefix}-alarms`, contact });
    new HostAlarms(this, 'Alarms', { prefix, instanceId, thresholds: aws.alarms, topic });
    new DailySnapshots(this, 'Snapshots', { volumeName: dataVolumeName(environment), keepDays: aws.snapshots.keepDays });
    new MonthlyBudget(this, 'MonthlyBudget', { limit: aws.budget, contact });
    this.tell({ InstanceId: instanceId });
  }
}
