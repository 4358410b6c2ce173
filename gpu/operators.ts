/**
 * The people who may use SSH: through Identity-Aware Proxy, with their own OS Login account, on
 * this machine alone.
 */
import type { Instance } from '@pulumi/gcp/compute/instance.js';
import { InstanceIAMMember } from '@pulumi/gcp/compute/instanceIAMMember.js';
import { TunnelInstanceIAMMember } from '@pulumi/gcp/iap/tunnelInstanceIAMMember.js';
import type { Account } from '@pulumi/gcp/serviceaccount/account.js';
import { IAMMember as AccountIAMMember } from '@pulumi/gcp/serviceaccount/iammember.js';
import { ComponentResource, type ComponentResourceOptions } from '@pulumi/pulumi';
import type { Environment } from '../lib/config/environment.ts';

export interface OperatorsArgs {
  readonly environment: Environment;
  readonly zone: string;
  readonly machine: Instance;
  readonly account: Account;
}

export class Operators extends ComponentResource {
  constructor(name: string, { environment, zone, machine, account }: OperatorsArgs, opts: ComponentResourceOptions) {
    super('dojang:gpu:Operators', name, {}, opts);
    const { project, ssh } = environment.gcp;
    for (const member of new Set(ssh.members)) {
      new TunnelInstanceIAMMember(
        `ssh-tunnel ${member}`,
        { project, zone, instance: machine.name, member, role: 'roles/iap.tunnelResourceAccessor' },
        { parent: this },
      );
      new InstanceIAMMember(
        `ssh-login ${member}`,
        { project, zone, instanceName: machine.name, member, role: 'roles/compute.osAdminLogin' },
        { parent: this },
      );
      // OS Login refuses everyone who may not act as the machine's own account.
      new AccountIAMMember(
        `ssh-account ${member}`,
        { serviceAccountId: account.name, member, role: 'roles/iam.serviceAccountUser' },
        { parent: this },
      );
    }
    this.registerOutputs();
  }
}
