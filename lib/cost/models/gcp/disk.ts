/** Persistent disks and what is kept of them. */
import type { CostModel } from '../../component.ts';
import { fixed, used } from '../parts.ts';
import { isUnread, notGiven, properties } from '../read.ts';

export const disk: CostModel = diskOf('gcp:compute/disk:Disk', '');
export const regionDisk: CostModel = diskOf('gcp:compute/regionDisk:RegionDisk', 'regional ');

function diskOf(type: string, prefix: string): CostModel {
  return {
    type,
    components(resource) {
      const read = properties(resource);
      const kind = read.text('type', 'pd-standard');
      const item = isUnread(kind) ? kind : `${prefix}${kind.split('/').at(-1)}`;
      return [fixed(resource, 'Storage', read.number('size', notGiven('size')), { unit: 'gb-month', service: 'disk', item })];
    },
  };
}

const snapshotPrice = { unit: 'gb-month', service: 'disk', item: 'standard snapshot' } as const;

export const snapshot: CostModel = {
  type: 'gcp:compute/snapshot:Snapshot',
  components: (resource, context) => [used(resource, context, 'Snapshot', 'stored-gb', snapshotPrice)],
};

/** A schedule: of snapshots, or of something that is not billed. */
export const resourcePolicy: CostModel = {
  type: 'gcp:compute/resourcePolicy:ResourcePolicy',
  free: 'a schedule without snapshots is not billed',
  components(resource, context) {
    const keeps = properties(resource).has('snapshotSchedulePolicy');
    return keeps ? [used(resource, context, 'Snapshots', 'stored-gb', snapshotPrice)] : [];
  },
};
