/** Who the machine is to Google: an account that may write logs and metrics, and nothing else. */
import { IAMMember } from '@pulumi/gcp/projects/iammember.js';
import { Account } from '@pulumi/gcp/serviceaccount/account.js';
import { ComponentResource, type ComponentResourceOptions, type Resource } from '@pulumi/pulumi';
import type { Environment } from '../lib/config/environment.ts';

const roles = { 'ai-log-writer': 'roles/logging.logWriter', 'ai-metric-writer': 'roles/monitoring.metricWriter' } as const;

export interface AiIdentityArgs {
  readonly environment: Environment;
  /** The APIs it needs. */
  readonly after: readonly Resource[];
}

export class AiIdentity extends ComponentResource {
  readonly account: Account;

  constructor(name: string, { environment, after }: AiIdentityArgs, opts: ComponentResourceOptions) {
    super('dojang:gpu:AiIdentity', name, {}, opts);
    const { project } = environment.gcp;
    this.account = new Account(
      'ai-account',
      {
        project,
        accountId: environment.names.gcp.account,
        displayName: `AI server of ${environment.prefix}`,
        description: 'writes logs and metrics; nothing else',
      },
      { parent: this, dependsOn: [...after] },
    );
    for (const [id, role] of Object.entries(roles)) new IAMMember(id, { project, role, member: this.account.member }, { parent: this });
    this.registerOutputs();
  }
}
