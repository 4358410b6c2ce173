/** Checks the names after `--approve` before anything is changed. */
import { isDataVolumeId } from '../../../lib/config/data-disks.ts';
import { type KnownResource, requireKnownApprovals, unknownApprovals } from '../../../lib/inventory/approvals.ts';
import type { Context } from '../context.ts';
import { committedPlan, plannedInventory } from './planned-inventory.ts';

/**
 * @param deployed asked only when a name is neither in the code's plan nor in the committed one
 * @throws DojangError `unknown-approval`
 */
export async function checkApprovals(
  { environment, options: { approve } }: Pick<Context, 'environment' | 'options'>,
  deployed: () => Promise<readonly KnownResource[]> = async () => [],
): Promise<void> {
  if (approve.length === 0) return;
  const { resources } = await plannedInventory(environment);
  const known = [...resources, ...(committedPlan(environment)?.resources ?? []), ...approve.filter(isDataVolumeId).map(formerVolume)];
  if (unknownApprovals(approve, known).length > 0) requireKnownApprovals(approve, [...known, ...(await deployed())]);
}

/**
 * A data volume that was exchanged is in no plan any more when the same command is typed again to
 * finish the rest.
 */
function formerVolume(id: string): KnownResource {
  return { id, type: 'AWS::EC2::Volume' };
}
