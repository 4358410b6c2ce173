/**
 * What the cloud refuses although the inputs are well formed: names taken, things missing, things
 * in use, things protected.
 */

import { isObject } from '../../../../lib/inventory/normalise.ts';
import type { Json, Properties } from '../../../../lib/inventory/resource.ts';
import { lastPart } from '../../../io/gcp/engine/ids.ts';
import { readFaults } from '../faults/faults.ts';
import { findImage } from '../resources/images.ts';
import { diskType, snapshotId, sourceSnapshot } from '../resources/snapshots.ts';
import type { CloudResource, Store } from '../resources/store.ts';

/**
 * A refusal of the cloud, with the status and the word that its API answers. Printed as Google's Go
 * client prints it.
 */
export class Refused extends Error {
  readonly status: number;
  /** The API's own sentence. */
  readonly sentence: string;
  readonly reason: string;
  /** Messages of `google.rpc`, as `Details` of the error. */
  readonly details: readonly Json[];

  constructor(status: number, sentence: string, reason: string, details: readonly Json[] = []) {
    const listed = details.length > 0 ? `\nDetails:\n${JSON.stringify(details, null, 2)}\n` : '';
    super(`googleapi: Error ${status}: ${sentence}${listed}, ${reason}`);
    this.status = status;
    this.sentence = sentence;
    this.reason = reason;
    this.details = details;
  }
}

/** @throws Refused when the cloud would not create this resource. */
export function refuseCreation(store: Store, resource: CloudResource): void {
  const { type, id, inputs } = resource;
  if (store.find(type, id) && !isGrant(type)) {
    throw new Refused(409, `The resource '${id}' already exists`, 'alreadyExists');
  }
  for (const reference of references(inputs)) {
    if (!store.all().some((other) => refersTo(reference, other))) {
      throw new Refused(404, `The resource '${reference}' was not found`, 'notFound');
    }
  }
  for (const address of natIps(inputs)) refuseForeignAddress(store, address);
  refuseUnknownImage(store.folder, inputs);
  if (type === diskType && inputs.snapshot !== undefined) refuseSnapshot(store, inputs);
}

/** @throws Refused when something else still needs this resource, or it is protected. */
export function refuseDeletion(store: Store, { type, id, inputs }: CloudResource): void {
  if (type === 'gcp:compute/instance:Instance' && inputs.deletionProtection === true) {
    throw new Error(
      `Cannot delete instance ${lastPart(id)}: instance Deletion Protection is enabled. Set deletion_protection to false for this resource and run "terraform apply" before attempting to delete it.`,
    );
  }
  const user = store.all().find((other) => other.id !== id && needs(other, { type, id }));
  if (!user) return;
  const kind = type.replace(/^.*:/, '').toLowerCase();
  throw new Refused(400, `The ${kind} resource '${id}' is already being used by '${user.id}'`, 'resourceInUseByAnotherResource');
}

/** To enable an API or to give a role once more is no fault. */
const isGrant = (type: string) => type.endsWith('IAMMember') || type === 'gcp:projects/service:Service';

/**
 * Only what Google itself checks: an attachment goes with its disk or machine, a network can't go
 * before its firewalls.
 */
function needs(user: CloudResource, { type, id }: { readonly type: string; readonly id: string }): boolean {
  const inUse = ['gcp:compute/network:Network', 'gcp:compute/subnetwork:Subnetwork', 'gcp:compute/disk:Disk'];
  return inUse.includes(type) && references(user.inputs).some((reference) => reference.endsWith(id));
}

/** Every text of the inputs that is the id or the link of a compute resource in a project. */
function references(inputs: Properties): string[] {
  const texts = ['network', 'subnetwork', 'disk', 'instance'].flatMap((name) => inputs[name] ?? []);
  const nics = list(inputs.networkInterfaces).flatMap((nic) => (isObject(nic) ? [nic.network ?? '', nic.subnetwork ?? ''] : []));
  return [...texts, ...nics].map(String).filter((text) => text.includes('projects/'));
}

function refersTo(reference: string, { id }: CloudResource): boolean {
  return reference === id || reference.endsWith(`/${id}`);
}

function natIps(inputs: Properties): string[] {
  const configs = list(inputs.networkInterfaces).flatMap((nic) => (isObject(nic) ? list(nic.accessConfigs) : []));
  return configs.flatMap((config) => (isObject(config) && config.natIp ? String(config.natIp) : []));
}

function refuseForeignAddress(store: Store, address: string): void {
  const reserved = store.all('gcp:compute/address:Address').some(({ computed }) => computed.address === address);
  if (reserved) return;
  const field = 'resource.networkInterfaces[0].accessConfigs[0].natIP';
  throw new Refused(400, `Invalid value for field '${field}': '${address}'. The specified external IP address was not found.`, 'invalid');
}

/**
 * The provider passes the full name of a family on unchecked, so it is the creation that fails:
 * after the old machine was deleted.
 */
function refuseUnknownImage(folder: string, { bootDisk }: Properties): void {
  const parameters = isObject(bootDisk) ? bootDisk.initializeParams : undefined;
  const image = isObject(parameters) ? parameters.image : undefined;
  if (typeof image !== 'string' || findImage(readFaults(folder), image)) return;
  throw new Refused(404, `The resource '${image}' was not found`, 'notFound');
}

function refuseSnapshot(store: Store, inputs: Properties): void {
  const snapshot = sourceSnapshot(store, inputs);
  if (!snapshot) {
    throw new Refused(404, `The resource '${snapshotId(inputs.project, inputs.snapshot ?? '')}' was not found`, 'notFound');
  }
  const smallest = Number(snapshot.computed.diskSizeGb);
  if (inputs.size === undefined || Number(inputs.size) >= smallest) return;
  const sentence = `Requested disk size cannot be smaller than the snapshot size (${smallest} GB)`;
  throw new Refused(400, `Invalid value for field 'resource.sizeGb': '${inputs.size}'. ${sentence}`, 'invalid');
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
