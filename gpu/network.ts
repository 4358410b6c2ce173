/** The network of the AI server: one subnet in the region, nothing made by default. */
import { Network } from '@pulumi/gcp/compute/network.js';
import { Subnetwork } from '@pulumi/gcp/compute/subnetwork.js';
import { ComponentResource, type ComponentResourceOptions, type Resource } from '@pulumi/pulumi';
import type { Environment } from '../lib/config/environment.ts';

export interface AiNetworkArgs {
  readonly environment: Environment;
  /** The APIs it needs. */
  readonly after: readonly Resource[];
}

export class AiNetwork extends ComponentResource {
  readonly network: Network;
  readonly subnet: Subnetwork;

  constructor(name: string, { environment, after }: AiNetworkArgs, opts: ComponentResourceOptions) {
    super('dojang:gpu:AiNetwork', name, {}, opts);
    this.network = network(this, environment, after);
    this.subnet = subnet(this, environment, this.network);
    this.registerOutputs();
  }
}

function network(parent: Resource, environment: Environment, after: readonly Resource[]): Network {
  return new Network(
    'network',
    {
      project: environment.gcp.project,
      name: environment.names.gcp.network,
      description: 'carries the AI server alone',
      autoCreateSubnetworks: false,
      routingMode: 'REGIONAL',
    },
    { parent, dependsOn: [...after] },
  );
}

function subnet(parent: Resource, environment: Environment, of: Network): Subnetwork {
  return new Subnetwork(
    'subnet',
    {
      project: environment.gcp.project,
      region: environment.gcp.region,
      name: environment.names.gcp.subnet,
      description: 'the AI server',
      network: of.id,
      ipCidrRange: environment.gcp.range.toString(),
      stackType: 'IPV4_ONLY',
      privateIpGoogleAccess: true,
      logConfig: { aggregationInterval: 'INTERVAL_10_MIN', flowSampling: 0.5, metadata: 'EXCLUDE_ALL_METADATA' },
    },
    { parent },
  );
}
