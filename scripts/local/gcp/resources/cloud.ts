/**
 * The embedded cloud itself: creates, changes and removes resources as Google would, with the
 * faults that were asked for.
 */
import type { Properties } from '../../../../lib/inventory/resource.ts';
import { lastPart } from '../../../io/gcp/engine/ids.ts';
import { waitUntil } from '../../../io/process/wait-until.ts';
import { readFaults, refusal } from '../faults/faults.ts';
import { log } from '../log.ts';
import { changedResource, newResource } from '../provider/computed.ts';
import { Refused, refuseCreation, refuseDeletion } from '../provider/refusals.ts';
import { refuseDisabledType } from '../rest/services.ts';
import { pullDisk, restoreContents } from './booted.ts';
import { firewallType, withUnremovedSource } from './firewalls.ts';
import { diskType, sourceSnapshot } from './snapshots.ts';
import type { CloudResource, Store } from './store.ts';

const attachmentType = 'gcp:compute/attachedDisk:AttachedDisk';

/**
 * Creates a resource. It is there as soon as the cloud has accepted it, although its maker may have
 * to wait longer, or may not live to see it.
 * @throws Refused or Error in the cloud's words.
 */
export async function createResource(store: Store, type: string, inputs: Properties): Promise<CloudResource> {
  refuseDisabledType(store.folder, type, inputs, 'creating');
  const faults = readFaults(store.folder);
  const resource = newResource(store, type, inputs, new Date());
  refuseCreation(store, resource);
  const refused = refusal(faults, type, inputs);
  if (!refused) await accept(store, resource);
  await delayed(store.folder, type, faults.delayMs?.[type] ?? 0);
  if (refused) throw new Error(refused);
  return resource;
}

async function delayed(folder: string, type: string, milliseconds: number): Promise<void> {
  if (milliseconds === 0) return;
  await waitUntil(() => readFaults(folder).delayMs?.[type] === undefined, { interval: Math.min(20, milliseconds), limit: milliseconds });
}

/** @throws Refused when its API is off. */
export function readResource(store: Store, type: string, id: string): CloudResource | undefined {
  const resource = store.find(type, id);
  if (resource) refuseDisabledType(store.folder, type, resource.inputs, 'reading');
  return resource;
}

/**
 * Changes a resource. `state` is what the maker last saw of it: with a firewall that decides what
 * the provider sends.
 * @throws Refused when the resource is gone.
 */
export function updateResource(store: Store, type: string, id: string, asked: Properties, state: Properties = {}): CloudResource {
  const inputs = type === firewallType ? withUnremovedSource(asked, state) : asked;
  refuseDisabledType(store.folder, type, inputs, 'updating');
  const old = store.find(type, id);
  if (!old) throw new Refused(404, `The resource '${id}' was not found`, 'notFound');
  const stops = type === 'gcp:compute/instance:Instance' && old.inputs.machineType !== inputs.machineType;
  if (stops && inputs.allowStoppingForUpdate !== true) {
    throw new Error(
      'Changing the machine_type, min_cpu_platform, service_account, enable_display, shielded_instance_config, scheduling.node_affinities or network_interface.[#d].(network/subnetwork/subnetwork_project) or advanced_machine_features on a started instance requires stopping it. To acknowledge this, please set allow_stopping_for_update = true in your config.',
    );
  }
  const changed = changedResource(store, old, inputs);
  store.put(changed);
  return changed;
}

/** Removing what is not there any more is no fault. */
export function deleteResource(store: Store, type: string, id: string): void {
  const resource = store.find(type, id);
  if (!resource) return;
  refuseDisabledType(store.folder, type, resource.inputs, 'deleting');
  refuseDeletion(store, resource);
  if (type === attachmentType) detach(store, resource);
  store.remove(type, id);
}

function detach(store: Store, { inputs }: CloudResource): void {
  const disk = diskOf(store, inputs);
  if (!disk) return;
  const damaged = pullDisk(store, disk);
  log(`${lastPart(disk.id)}: detached; it was ${damaged ? 'mounted, which has damaged it' : 'not mounted'}`);
}

async function accept(store: Store, resource: CloudResource): Promise<void> {
  const source = resource.type === diskType ? sourceSnapshot(store, resource.inputs) : undefined;
  if (source) await restoreContents(store, resource, lastPart(source.id));
  store.put(resource);
  if (resource.type !== attachmentType) return;
  const disk = diskOf(store, resource.inputs);
  const lastAttachTimestamp = new Date().toISOString();
  if (disk) store.put({ ...disk, computed: { ...disk.computed, lastAttachTimestamp } });
}

function diskOf(store: Store, attachment: Properties): CloudResource | undefined {
  return store.all(diskType).find(({ id }) => String(attachment.disk).endsWith(id));
}
