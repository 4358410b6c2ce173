/** `dojang plan --live`: asks both clouds what a deployment would change, side by side. */
import { approveOption, StatefulChangeError, toApprove, unapproved } from '../../../lib/inventory/guard.ts';
import { renderChange } from '../../../lib/inventory/plan-report.ts';
import type { DataOf } from '../../runtime/answers/format.ts';
import type { Clouds, Context } from '../../runtime/context.ts';
import type { Outcome } from '../../runtime/outcome.ts';
import { checkApprovals } from '../../runtime/plan/approvals.ts';
import { requireBootImages } from '../../runtime/plan/boot-image.ts';
import { liveChanges } from '../../runtime/plan/live-changes.ts';
import { requireSnapshots } from '../../runtime/plan/snapshots.ts';
import { planLiveAnswer } from './answer.ts';

/**
 * CDK diff and Pulumi preview together. A change that would lose something is a failure unless it
 * is approved.
 */
export async function planLive(context: Context, clouds: Clouds): Promise<Outcome<DataOf<typeof planLiveAnswer>>> {
  const changes = await context.report.task(
    'plan',
    () => liveChanges(context, clouds),
    (found) => `${found.length} to change`,
  );
  await checkApprovals(context, async () => changes);
  const refused = unapproved(changes, context.options.approve);
  const lines = changes.length === 0 ? ['  no change'] : changes.map(renderChange);
  const outcome = { format: planLiveAnswer, data: { environment: context.environment.name, changes, refused }, lines };
  if (refused.length > 0) return { ...outcome, failure: new StatefulChangeError(refused, approveOption, toApprove(changes)) };
  await requireBootImages(context.environment, changes, clouds);
  await requireSnapshots(context.environment, changes, clouds);
  return outcome;
}
