/** What AWS Backup keeps. */
import type { CostModel } from '../../component.ts';
import { used } from '../parts.ts';

export const backupVault: CostModel = {
  type: 'AWS::Backup::BackupVault',
  components: (resource, context) => [
    used(resource, context, 'Backups', 'stored-gb', { unit: 'gb-month', service: 'backup', item: 'EBS backup, warm' }),
  ],
};
