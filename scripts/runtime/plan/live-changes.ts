/** What both clouds say that a deployment would change. */
import { unknownAddresses } from '../../../lib/config/names.ts';
import { zonesToTry } from '../../../lib/deployment/zones.ts';
import type { ResourceChange } from '../../../lib/inventory/resource.ts';
import type { Clouds, Context } from '../context.ts';

/**
 * What a deployment would change on both sides. Before the first one GCP's peer has no address yet,
 * so a placeholder is used.
 */
export async function liveChanges({ environment, options }: Context, { aws, gcp }: Clouds): Promise<ResourceChange[]> {
  const stacks = Object.values(environment.names.stacks);
  const [ofAws, ofGcp] = await Promise.all([aws.changes(stacks), gcpChanges()]);
  return [...ofAws, ...ofGcp];

  async function gcpChanges(): Promise<readonly ResourceChange[]> {
    const deployed = await gcp.inputs();
    const { Address } = await aws.outputs([environment.names.stacks.addresses]);
    const awsAddress = Address ?? deployed?.awsAddress ?? unknownAddresses.aws;
    const [zone = ''] = zonesToTry(environment.gcp.zones, deployed?.zone);
    return gcp.changes({ awsAddress, zone, approved: options.approve });
  }
}
