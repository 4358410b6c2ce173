/** A volume of Amazon EBS. */
import type { ResourceCostModel } from '../../../component.ts';
import { elsewhere, fromPlan, fromUsage, notCovered } from '../../billed.ts';
import { notGiven, properties } from '../../property-reader.ts';
import { volumeLines } from './ebs.ts';

/** https://aws.amazon.com/ebs/pricing/ (2026-11) */
export const ebsVolume: ResourceCostModel = {
  type: 'AWS::EC2::Volume',
  billed: [
    fromPlan('storage', 'Storage'),
    fromPlan('provisioned IOPS', 'IOPS', 'IOPS above 32000'),
    fromPlan('provisioned throughput', 'Throughput'),
    fromPlan('provisioned rate of initialization', 'Initialization'),
    fromUsage('requests to magnetic disks', 'Requests'),
    elsewhere('snapshots', 'they are billed where a policy or a backup vault makes them'),
    notCovered('fast restore of snapshots', 'no price in the book'),
  ],
  components(resource, context) {
    const read = properties(resource);
    const size = read.number('Size', {
      reason: read.has('SnapshotId') ? 'its size is that of the snapshot it is made from' : notGiven('Size').reason,
    });
    return volumeLines(resource, context, read, { size });
  },
};
