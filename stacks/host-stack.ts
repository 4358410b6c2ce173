/** L2: the machine and its alarms. */
import type { Construct } from 'constructs';
import type { Environment } from '../lib/config/environment.ts';
import { ServiceHost } from '../lib/constructs/machine/service-host.ts';
import { CertificateAlarms } from '../lib/constructs/watching/certificate-alarms.ts';
import { HostAlarms } from '../lib/constructs/watching/host-alarms.ts';
import { MonthlyBudget } from '../lib/constructs/watching/monthly-budget.ts';
import type { AddressesStack } from './addresses-stack.ts';
import { LayerStack } from './layer-stack.ts';
import type { NetworkStack } from './network-stack.ts';

export interface LowerLayers {
  readonly addresses: AddressesStack;
  readonly network: NetworkStack;
}

/** The machine, its alarms and the budget. */
export class HostStack extends LayerStack {
  constructor(scope: Construct, environment: Environment, { addresses, network }: LowerLayers) {
    super(scope, environment.names.stacks.host, environment, `${environment.prefix}: the machine and what watches over it`);
    const { prefix, contact, aws } = environment;
    const { instanceId } = new ServiceHost(this, 'ServiceHost', {
      name: environment.names.stacks.host,
      environment,
      settings: aws,
      vpc: network.vpc,
      group: network.hostGroup,
      addressAllocationId: addresses.addressAllocationId,
      dataVolumeId: addresses.dataVolumeId,
      artifactsArn: addresses.artifactsArn,
    });
    new HostAlarms(this, 'Alarms', { prefix, instanceId, thresholds: aws.alarms, topic: addresses.alarmTopic });
    new CertificateAlarms(this, 'CertificateAlarms', { environment, days: aws.alarms.certificateDays, topic: addresses.alarmTopic });
    new MonthlyBudget(this, 'MonthlyBudget', { limit: aws.budget, contact });
    this.exportOutputs({ InstanceId: instanceId });
  }
}
