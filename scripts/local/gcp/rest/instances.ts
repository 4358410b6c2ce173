/**
 * Machines in the Compute API: read, stopped and started. A machine has stopped when the booted
 * host has.
 */
import type { Json, Properties } from '../../../../lib/inventory/resource.ts';
import { lastPart } from '../../../io/gcp/engine/ids.ts';
import { waitUntil } from '../../../io/process/wait-until.ts';
import { readFaults, startFault } from '../faults/faults.ts';
import { log } from '../log.ts';
import { Refused } from '../provider/refusals.ts';
import { isBooted } from '../resources/booted.ts';
import { operation } from '../resources/firewalls.ts';
import type { CloudResource, Store } from '../resources/store.ts';

const instanceType = 'gcp:compute/instance:Instance';

/** How long the API lets one call wait for an operation, at most two minutes. */
const waitMs = 120_000;
const lookEveryMs = 100;

export function readInstance(store: Store, [project, zone, name]: readonly string[]): Json {
  const instance = settled(store, instanceAt(store, project, zone, name));
  const { currentStatus } = instance.computed;
  return { kind: 'compute#instance', name: name ?? '', status: currentStatus ?? 'RUNNING' };
}

export function stopInstance(store: Store, [project, zone, name]: readonly string[]): Json {
  const instance = settled(store, instanceAt(store, project, zone, name));
  if (instance.computed.currentStatus !== 'TERMINATED') enter(store, instance, 'STOPPING');
  return zoneOperation(settled(store, instanceAt(store, project, zone, name)), 'stop');
}

/**
 * Without a GPU in its zone the machine stays as it is, and the operation has the error: Google
 * takes the request first.
 * @throws Refused while it is stopping.
 */
export function startInstance(store: Store, [project, zone, name]: readonly string[]): Json {
  const instance = settled(store, instanceAt(store, project, zone, name));
  if (instance.computed.currentStatus === 'STOPPING') {
    throw new Refused(400, `The resource '${instance.id}' is not ready`, 'resourceNotReady');
  }
  const fault = instance.computed.currentStatus === 'TERMINATED' ? startFault(readFaults(store.folder), instance.inputs) : undefined;
  if (!fault) return zoneOperation(enter(store, instance, 'RUNNING'), 'start');
  log(`${lastPart(instance.id)}: not started, ${fault.code}`);
  const failed: Properties = { error: { errors: [fault] }, httpErrorStatusCode: 503, httpErrorMessage: 'SERVICE UNAVAILABLE' };
  return { ...zoneOperation(instance, 'start'), ...failed };
}

/**
 * Answers the operation when its machine has reached its status, or as it is when the API's own
 * limit is over.
 */
export async function waitForOperation(store: Store, [project, zone, name = '']: readonly string[]): Promise<Json> {
  const [, verb, machine] = /^operation-(stop|start)-(.+)-\d+-\d+$/.exec(name) ?? [];
  if (!verb || !machine)
    throw new Refused(404, `The resource 'projects/${project}/zones/${zone}/operations/${name}' was not found`, 'notFound');
  const instance = () => settled(store, instanceAt(store, project, zone, machine));
  await waitUntil(() => instance().computed.currentStatus !== 'STOPPING', { interval: lookEveryMs, limit: waitMs });
  return { ...zoneOperation(instance(), verb), name };
}

/** A stopping machine is stopped once its host is off. */
function settled(store: Store, instance: CloudResource): CloudResource {
  if (instance.computed.currentStatus !== 'STOPPING' || isBooted(store, instance)) return instance;
  return enter(store, instance, 'TERMINATED');
}

function enter(store: Store, instance: CloudResource, currentStatus: string): CloudResource {
  const now: CloudResource = { ...instance, computed: { ...instance.computed, currentStatus } };
  if (instance.computed.currentStatus !== currentStatus) log(`${lastPart(instance.id)}: ${currentStatus}`);
  store.put(now);
  return now;
}

function zoneOperation({ id, inputs, computed }: CloudResource, verb: string): Properties {
  const done = computed.currentStatus !== 'STOPPING';
  const made = operation(String(inputs.project), `zones/${inputs.zone}`, verb, id);
  const name = String(made.name).replace('operation-', `operation-${verb}-${lastPart(id)}-`);
  return { ...made, name, zone: String(inputs.zone), status: done ? 'DONE' : 'RUNNING', progress: done ? 100 : 0 };
}

function instanceAt(store: Store, project = '', zone = '', name = ''): CloudResource {
  const id = `projects/${project}/zones/${zone}/instances/${name}`;
  const instance = store.find(instanceType, id);
  if (!instance) throw new Refused(404, `The resource '${id}' was not found`, 'notFound');
  return instance;
}
