/** What Data Lifecycle Manager keeps: snapshots of the volumes that its policy names. */
import type { ResourceCostModel } from '../../../component.ts';
import { elsewhere, fromUsage, notCovered } from '../../billed.ts';
import { used, usedIfSaid } from '../../line-items.ts';

/** https://aws.amazon.com/ebs/pricing/ (2026-11) */
export const snapshotPolicy: ResourceCostModel = {
  type: 'AWS::DLM::LifecyclePolicy',
  billed: [
    fromUsage('snapshots', 'Snapshots'),
    fromUsage('archived snapshots', 'Archived snapshots'),
    notCovered('fast restore of snapshots', 'no price in the book'),
    elsewhere('copies to other regions', 'they are stored and billed in the other region'),
  ],
  components: (resource, context) => [
    used(resource, context, 'Snapshots', 'stored-gb', { unit: 'gb-month', service: 'ebs', item: 'snapshot standard' }),
    ...usedIfSaid(resource, context, 'Archived snapshots', 'archived-gb', { unit: 'gb-month', service: 'ebs', item: 'snapshot archive' }),
  ],
};
