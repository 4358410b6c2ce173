/** Disks and their snapshots in the Compute API: read, and a snapshot taken, listed and deleted. */
import type { Json, Properties } from '../../../../lib/inventory/resource.ts';
import { lastPart } from '../../../io/gcp/engine/ids.ts';
import { outputsOf } from '../provider/computed.ts';
import { Refused } from '../provider/refusals.ts';
import { forgetContents, keepContents } from '../resources/booted.ts';
import { operation } from '../resources/firewalls.ts';
import { diskType, newSnapshot, snapshotJson, snapshotType } from '../resources/snapshots.ts';
import type { CloudResource, Store } from '../resources/store.ts';
import type { Call, Route } from './route.ts';

const disks = '^/compute/v1/projects/([^/]+)/zones/([^/]+)/disks';
const snapshots = '^/compute/v1/projects/([^/]+)/global/snapshots';

export const snapshotRoutes: readonly Route[] = [
  ['GET', new RegExp(`${disks}/([^/]+)$`), readDisk],
  ['POST', new RegExp(`${disks}/([^/]+)/createSnapshot$`), createSnapshot],
  ['GET', new RegExp(`${snapshots}$`), listSnapshots],
  ['GET', new RegExp(`${snapshots}/([^/]+)$`), ({ store, at }) => snapshotJson(snapshotAt(store, at))],
  ['DELETE', new RegExp(`${snapshots}/([^/]+)$`), deleteSnapshot],
];

function readDisk({ store, at }: Call): Json {
  const disk = diskAt(store, at);
  const { size, ...others } = outputsOf(store, disk);
  return { kind: 'compute#disk', ...others, name: lastPart(disk.id), sizeGb: String(size), status: 'READY' };
}

/** What the disk holds when it is asked for is what the snapshot keeps. */
async function createSnapshot({ store, at, body }: Call): Promise<Json> {
  const disk = diskAt(store, at);
  const snapshot = newSnapshot(disk, String(body.name), new Date());
  if (store.find(snapshotType, snapshot.id)) throw new Refused(409, `The resource '${snapshot.id}' already exists`, 'alreadyExists');
  await keepContents(store, disk, lastPart(snapshot.id));
  store.put(snapshot);
  return operation(at[0] ?? '', `zones/${at[1]}`, 'createSnapshot', disk.id);
}

function listSnapshots({ store, at: [project] }: Call): Json {
  const items = store.all(snapshotType).filter(({ inputs }) => inputs.project === project);
  const list: Properties = { kind: 'compute#snapshotList', id: `projects/${project}/global/snapshots`, items: items.map(snapshotJson) };
  return list;
}

function deleteSnapshot({ store, at }: Call): Json {
  const snapshot = snapshotAt(store, at);
  forgetContents(store, lastPart(snapshot.id));
  store.remove(snapshotType, snapshot.id);
  return operation(at[0] ?? '', 'global', 'delete', snapshot.id);
}

function diskAt(store: Store, [project, zone, name]: readonly string[]): CloudResource {
  return existing(store, diskType, `projects/${project}/zones/${zone}/disks/${name}`);
}

function snapshotAt(store: Store, [project, name]: readonly string[]): CloudResource {
  return existing(store, snapshotType, `projects/${project}/global/snapshots/${name}`);
}

function existing(store: Store, type: string, id: string): CloudResource {
  const resource = store.find(type, id);
  if (!resource) throw new Refused(404, `The resource '${id}' was not found`, 'notFound');
  return resource;
}
