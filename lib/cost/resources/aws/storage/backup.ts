/** What AWS Backup keeps. */
import type { ResourceCostModel } from '../../../component.ts';
import { elsewhere, fromUsage, notCovered, noted } from '../../billed.ts';
import { used, usedIfSaid } from '../../line-items.ts';

/** https://aws.amazon.com/backup/pricing/ (2026-11) */
export const backupVault: ResourceCostModel = {
  type: 'AWS::Backup::BackupVault',
  billed: [
    noted(fromUsage('warm backups', 'Backups'), 'at the price of EBS; other services have prices of their own'),
    fromUsage('cold backups', 'Cold backups'),
    fromUsage('restored data', 'Restored data'),
    elsewhere('copies to other regions', 'the traffic is billed where it leaves; no price in the book for the copy'),
    notCovered('audits and restore tests', 'no price in the book'),
  ],
  components: (resource, context) => [
    used(resource, context, 'Backups', 'stored-gb', { unit: 'gb-month', service: 'backup', item: 'EBS backup, warm' }),
    ...usedIfSaid(resource, context, 'Cold backups', 'cold-gb', { unit: 'gb-month', service: 'backup', item: 'EBS backup, cold' }),
    ...usedIfSaid(resource, context, 'Restored data', 'restored-gb', { unit: 'gb', service: 'backup', item: 'EBS restore' }),
  ],
};
