/** `dojang plan --live`: asks both clouds what a deployment would change, side by side. */
import { stackNames } from '../lib/config/names.ts';
import { approveOption, PetGuardError, toApprove, unapproved } from '../lib/inventory/guard.ts';
import { renderChange } from '../lib/inventory/plan-report.ts';
import type { ResourceChange } from '../lib/inventory/resource.ts';
import { zonesToTry } from '../lib/layers/zones.ts';
import { checkApprovals } from './approvals.ts';
import { requireBootImages } from './boot-image.ts';
import type { Clouds, Context, Outcome } from './context.ts';
import { unknownAddress } from './planned.ts';

/** CDK diff and Pulumi preview together. A change that would lose something is a failure unless it is approved. */
export async function planLive(context: Context, clouds: Clouds): Promise<Outcome> {
  const changes = await context.report.task(
    'plan',
    () => liveChanges(context, clouds),
    (found) => `${found.length} to change`,
  );
  await checkApprovals(context, async () => changes);
  const refused = unapproved(changes, context.options.approve);
  const lines = changes.length === 0 ? ['  no change'] : changes.map(renderChange);
  const outcome = { data: { environment: context.environment.name, changes, refused }, lines };
  if (refused.length > 0) return { ...outcome, failure: new PetGuardError(refused, approveOption, toApprove(changes)) };
  await requireBootImages(context.environment, changes, clouds);
  return outcome;
}

/**
 * What a deployment would change on both sides. Before the first one GCP's peer has no address yet,
 * so a placeholder is used.
 */
export async function liveChanges({ environment, options }: Context, { aws, gcp }: Clouds): Promise<ResourceChange[]> {
  const stacks = Object.values(stackNames(environment));
  const [ofAws, ofGcp] = await Promise.all([aws.changes(stacks), gcpChanges()]);
  return [...ofAws, ...ofGcp];

  async function gcpChanges(): Promise<readonly ResourceChange[]> {
    const deployed = await gcp.inputs();
    const { Address } = await aws.outputs([stackNames(environment).addresses]);
    const awsAddress = Address ?? deployed?.awsAddress ?? unknownAddress;
    const [zone = ''] = zonesToTry(environment.gcp.zones, deployed?.zone);
    return gcp.changes({ awsAddress, zone, approved: options.approve });
  }
}
