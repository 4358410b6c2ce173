/** The GPU machine. It holds no data of its own and can be made again in any configured zone. */
import type { Address } from '@pulumi/gcp/compute/address.js';
import { Instance } from '@pulumi/gcp/compute/instance.js';
import type { Subnetwork } from '@pulumi/gcp/compute/subnetwork.js';
import type { Account } from '@pulumi/gcp/serviceaccount/account.js';
import { ComponentResource, type ComponentResourceOptions } from '@pulumi/pulumi';
import type { Environment } from '../lib/config/environment.ts';
import { gcpResources } from '../lib/config/names.ts';
import { bootstrap } from './bootstrap.ts';
import { protectUnlessApproved } from './protection.ts';

export interface AiMachineArgs {
  readonly environment: Environment;
  readonly zone: string;
  readonly approved: readonly string[];
  readonly address: Address;
  readonly subnet: Subnetwork;
  readonly account: Account;
}

export class AiMachine extends ComponentResource {
  readonly instance: Instance;

  constructor(name: string, args: AiMachineArgs, opts: ComponentResourceOptions) {
    super('dojang:gpu:AiMachine', name, {}, opts);
    const { environment, zone, approved } = args;
    const { project, machine, gpu } = environment.gcp;
    this.instance = new Instance(
      gcpResources.machine,
      {
        project,
        zone,
        name: environment.names.gcp.machine,
        description: 'AI server',
        machineType: machine,
        guestAccelerators: [{ type: gpu.type, count: gpu.count }],
        // A machine with a GPU can't move to another host while it runs.
        scheduling: { onHostMaintenance: 'TERMINATE', automaticRestart: true, provisioningModel: 'STANDARD', preemptible: false },
        bootDisk: bootDisk(environment),
        networkInterfaces: [networkInterface(args)],
        // Roles decide what the account may do; scopes would only be a second, coarser list.
        serviceAccount: { email: args.account.email, scopes: ['https://www.googleapis.com/auth/cloud-platform'] },
        // Secure Boot refuses the NVIDIA driver: its kernel modules carry no signature that the
        // firmware knows.
        shieldedInstanceConfig: { enableSecureBoot: false, enableVtpm: true, enableIntegrityMonitoring: true },
        metadata,
        labels: environment.names.tags,
        allowStoppingForUpdate: true,
        deletionProtection: !approved.includes(gcpResources.machine),
      },
      // The data disk has its own attachment, which this list would fight with.
      { parent: this, ignoreChanges: ['attachedDisks'], ...protectUnlessApproved(gcpResources.machine, approved) },
    );
    this.registerOutputs();
  }
}

/**
 * The script stands here and not in `metadataStartupScript`, a change of which makes a new machine.
 */
const metadata = {
  'enable-oslogin': 'TRUE',
  'block-project-ssh-keys': 'TRUE',
  'serial-port-enable': 'FALSE',
  'startup-script': bootstrap,
};

function bootDisk(environment: Environment) {
  const { image, bootDisk } = environment.gcp;
  return { autoDelete: true, initializeParams: { image, size: bootDisk.gib, type: 'pd-balanced', labels: environment.names.tags } };
}

function networkInterface({ address, subnet }: AiMachineArgs) {
  return { subnetwork: subnet.id, stackType: 'IPV4_ONLY', accessConfigs: [{ natIp: address.address, networkTier: 'PREMIUM' }] };
}
