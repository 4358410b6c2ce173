/** Persistent disks and what is kept of them. */
import type { BilledResource, CostComponent, ResourceCostModel } from '../../component.ts';
import { elsewhere, fromPlan, fromUsage, notCovered } from '../billed.ts';
import { fixed, used } from '../line-items.ts';
import { isUnknown, notGiven, properties, type Unknown } from '../property-reader.ts';

export const disk: ResourceCostModel = diskOf('gcp:compute/disk:Disk', '');
export const regionDisk: ResourceCostModel = diskOf('gcp:compute/regionDisk:RegionDisk', 'regional ');

function diskOf(type: string, prefix: string): ResourceCostModel {
  return {
    type,
    billed: [
      fromPlan('storage', 'Storage'),
      fromPlan('provisioned IOPS of Hyperdisk and pd-extreme', 'IOPS'),
      fromPlan('provisioned throughput of Hyperdisk', 'Throughput'),
      elsewhere('snapshots', 'they are billed where a schedule or a snapshot keeps them'),
      notCovered('asynchronous replication', 'no price in the book'),
    ],
    components(resource) {
      const read = properties(resource);
      const kind = read.text('type', 'pd-standard');
      const item = isUnknown(kind) ? kind : `${prefix}${kind.split('/').at(-1)}`;
      return [
        fixed(resource, 'Storage', read.number('size', notGiven('size')), { unit: 'gb-month', service: 'disk', item }),
        ...performance(resource, item),
      ];
    },
  };
}

/** Only these kinds are paid by what is asked of them; the others have it by their size. */
function performance(resource: BilledResource, item: string | Unknown): CostComponent[] {
  if (isUnknown(item) || !/hyperdisk|pd-extreme/.test(item)) return [];
  const asked = (property: string) =>
    properties(resource).number(property, { reason: `${property} is not given, and its default depends on the size` });
  const iops = fixed(resource, 'IOPS', asked('provisionedIops'), { unit: 'iops-month', service: 'disk', item: `${item} provisioned IOPS` });
  if (item.includes('pd-extreme')) return [iops];
  const priced = { unit: 'mibps-month', service: 'disk', item: `${item} provisioned throughput` } as const;
  return [iops, fixed(resource, 'Throughput', asked('provisionedThroughput'), priced)];
}

const snapshotPrice = { unit: 'gb-month', service: 'disk', item: 'standard snapshot' } as const;

export const snapshot: ResourceCostModel = {
  type: 'gcp:compute/snapshot:Snapshot',
  billed: [fromUsage('storage', 'Snapshot'), notCovered('early deletion of archives and traffic between regions', 'no price in the book')],
  components: (resource, context) => [used(resource, context, 'Snapshot', 'stored-gb', snapshotPrice)],
};

/** A schedule: of snapshots, or of something that is not billed. */
export const resourcePolicy: ResourceCostModel = {
  type: 'gcp:compute/resourcePolicy:ResourcePolicy',
  free: 'a schedule without snapshots is not billed',
  billed: [fromUsage('snapshots', 'Snapshots'), notCovered('traffic between regions', 'no price in the book')],
  components(resource, context) {
    const keeps = properties(resource).has('snapshotSchedulePolicy');
    return keeps ? [used(resource, context, 'Snapshots', 'stored-gb', snapshotPrice)] : [];
  },
};
