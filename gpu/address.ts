/** L0: the address that the AWS side calls. */
import { Address } from '@pulumi/gcp/compute/address.js';
import { ComponentResource, type ComponentResourceOptions, type Resource } from '@pulumi/pulumi';
import type { Environment } from '../lib/config/environment.ts';
import { gcpResources } from '../lib/config/names.ts';
import { protectUnlessApproved } from './protection.ts';

export interface AiAddressArgs {
  readonly environment: Environment;
  readonly approved: readonly string[];
  /** The APIs it needs. */
  readonly after: readonly Resource[];
}

/** A static address of the region: it stays when the machine moves to another zone. */
export class AiAddress extends ComponentResource {
  readonly address: Address;

  constructor(name: string, { environment, approved, after }: AiAddressArgs, opts: ComponentResourceOptions) {
    super('dojang:gpu:AiAddress', name, {}, opts);
    this.address = new Address(
      gcpResources.address,
      {
        project: environment.gcp.project,
        region: environment.gcp.region,
        name: environment.names.gcp.address,
        description: 'where the AWS side reaches the AI server',
        addressType: 'EXTERNAL',
        networkTier: 'PREMIUM',
        labels: environment.names.tags,
      },
      { parent: this, dependsOn: [...after], ...protectUnlessApproved(gcpResources.address, approved) },
    );
    this.registerOutputs();
  }
}
