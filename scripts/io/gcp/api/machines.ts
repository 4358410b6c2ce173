/**
 * Machines of a stack: stopped before a disk is taken from them, and started again where an
 * interrupted run left them off.
 */
import type { compute_v1 } from '@googleapis/compute';
import type { Stack } from '@pulumi/pulumi/automation/index.js';
import { capacityIn, lackOf } from '../../../../lib/deployment/no-capacity.ts';
import { DojangError, messageOf } from '../../../../lib/errors/dojang-error.ts';
import type { Progress } from '../../../../lib/ports/reporter.ts';
import { nextFor } from '../engine/failures.ts';
import { type Session, type StateResource, stateOf } from '../engine/session.ts';
import { computeClient } from './google-api.ts';

/** A machine as the Compute API names it. */
interface MachinePlace {
  readonly project: string;
  readonly zone: string;
  readonly instance: string;
}

type Status = compute_v1.Schema$Instance['status'];

/**
 * Stops the recorded machines and waits until they are terminated: their guests have then ended
 * their services and unmounted their disks. Google takes a disk from a running machine when it is
 * asked to, mounted or not.
 * @throws DojangError `gcp-failed` with Google's words
 */
export async function stopMachines(session: Session, stack: Stack, progress: Progress): Promise<void> {
  const compute = await computeClient(session.options.connection);
  for (const machine of machinesIn((await stateOf(stack)).resources)) {
    const status = await statusOf(compute, machine);
    if (status === undefined || status === 'TERMINATED') continue;
    progress(`stopping ${machine.instance}, which ends its services and unmounts its disk`);
    // Stopping one that is already stopping joins it.
    await ended(compute, machine, (await compute.instances.stop(machine)).data);
    progress(`${machine.instance} has stopped, its disk is unmounted`);
  }
}

/**
 * Starts those of these resources that are machines and off. A machine that a deployment makes
 * runs: it is enough to give it what was recorded before.
 * @throws DojangError `machine-not-started` when its zone has no GPU for it, `gcp-failed` with
 *   Google's words
 */
export async function startMachines(session: Session, resources: readonly StateResource[], progress: Progress): Promise<void> {
  const compute = await computeClient(session.options.connection);
  for (const machine of machinesIn(resources)) {
    const status = await statusOf(compute, machine);
    if (status !== 'TERMINATED' && status !== 'STOPPING') continue;
    progress(`starting ${machine.instance}, which was stopped`);
    if (status === 'STOPPING') await ended(compute, machine, (await compute.instances.stop(machine)).data);
    await start(compute, machine);
  }
}

/**
 * A machine with a GPU gives it back while it is stopped, so its zone may have none left
 * (https://cloud.google.com/compute/docs/gpus/gpus-zones).
 */
async function start(compute: compute_v1.Compute, machine: MachinePlace): Promise<void> {
  try {
    await ended(compute, machine, (await compute.instances.start(machine)).data);
  } catch (cause) {
    const lack = capacityIn(messageOf(cause), machine.zone);
    if (!lack) throw cause;
    throw new DojangError('machine-not-started', `${lackOf(lack)}: ${machine.instance} could not be started`, {
      why: 'A stopped machine gives its GPU back. It stays stopped, and its data is on its disk.',
      next: lack.kind === 'quota' ? 'ask for the quota, then run dojang up again' : 'run dojang up again later',
      cause,
    });
  }
}

function machinesIn(resources: readonly StateResource[]): MachinePlace[] {
  return resources
    .filter(({ type }) => type === 'gcp:compute/instance:Instance')
    .flatMap(({ id = '' }) => {
      const [, project, zone, instance] = /^projects\/([^/]+)\/zones\/([^/]+)\/instances\/([^/]+)$/.exec(id) ?? [];
      return project && zone && instance ? [{ project, zone, instance }] : [];
    });
}

/** Undefined when there is no such machine. */
async function statusOf(compute: compute_v1.Compute, machine: MachinePlace): Promise<Status> {
  try {
    return (await compute.instances.get(machine)).data.status;
  } catch (error) {
    if ((error as { readonly status?: number }).status === 404) return undefined;
    throw error;
  }
}

/** The API waits two minutes at most, and is asked again. */
async function ended(compute: compute_v1.Compute, { project, zone }: MachinePlace, begun: compute_v1.Schema$Operation): Promise<void> {
  let operation = begun;
  while (operation.status !== 'DONE') {
    operation = (await compute.zoneOperations.wait({ project, zone, operation: operation.name ?? '' })).data;
  }
  const fault = operation.error?.errors?.[0];
  if (!fault) return;
  const words = [fault.code, fault.message].filter(Boolean).join(': ');
  throw new DojangError('gcp-failed', `GCP: ${words}`, { next: nextFor(words) });
}
