/** Snapshots of disks, which the Compute API makes and disks are made from. */
import type { Json, Properties } from '../../../../lib/inventory/resource.ts';
import { lastPart } from '../../../io/gcp/engine/ids.ts';
import { computeRoot } from '../provider/computed.ts';
import type { CloudResource, Store } from './store.ts';

export const snapshotType = 'gcp:compute/snapshot:Snapshot';
export const diskType = 'gcp:compute/disk:Disk';

/** A snapshot of this disk under this name. Nothing is stored. */
export function newSnapshot(disk: CloudResource, name: string, now: Date): CloudResource {
  const project = String(disk.inputs.project);
  const id = `projects/${project}/global/snapshots/${name}`;
  return {
    type: snapshotType,
    id,
    inputs: { project, name, sourceDisk: `${computeRoot}${disk.id}` },
    computed: {
      creationTimestamp: now.toISOString(),
      diskSizeGb: Number(disk.computed.size),
      selfLink: `${computeRoot}${id}`,
      status: 'READY',
    },
  };
}

/** As the API answers it; sizes are texts. */
export function snapshotJson({ id, inputs, computed }: CloudResource): Properties {
  return { kind: 'compute#snapshot', ...inputs, ...computed, name: lastPart(id), diskSizeGb: String(computed.diskSizeGb) };
}

/**
 * The snapshot that a disk with these inputs is made from; undefined when it names none, or none
 * that is there.
 */
export function sourceSnapshot(store: Pick<Store, 'find'>, { project, snapshot }: Properties): CloudResource | undefined {
  return snapshot === undefined ? undefined : store.find(snapshotType, snapshotId(project, snapshot));
}

/** A name, a path or a link. */
export function snapshotId(project: Json | undefined, snapshot: Json): string {
  const text = String(snapshot);
  return text.includes('/') ? text.replace(/^.*(?=projects\/)/, '') : `projects/${project}/global/snapshots/${text}`;
}
