/** What Data Lifecycle Manager keeps: snapshots of the volumes that its policy names. */
import type { CostModel } from '../../component.ts';
import { used } from '../parts.ts';

export const snapshotPolicy: CostModel = {
  type: 'AWS::DLM::LifecyclePolicy',
  components: (resource, context) => [
    used(resource, context, 'Snapshots', 'stored-gb', { unit: 'gb-month', service: 'ebs', item: 'snapshot standard' }),
  ],
};
