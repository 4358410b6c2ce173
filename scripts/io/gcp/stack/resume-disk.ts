/** Finishes the exchange of a data disk that was cut off between the two disks. */
import type { Stack } from '@pulumi/pulumi/automation/index.js';
import { dataDiskName } from '../../../../lib/config/data-disks.ts';
import { gcpResources } from '../../../../lib/config/names.ts';
import type { Properties } from '../../../../lib/inventory/resource.ts';
import type { Progress } from '../../../../lib/ports/reporter.ts';
import { hasDisk } from '../api/snapshots.ts';
import { engineRun } from '../engine/engine-run.ts';
import { idOf } from '../engine/ids.ts';
import { type Session, type StackState, type StateResource, stateOf } from '../engine/session.ts';
import { nameOf } from '../engine/urn.ts';

/**
 * Once the engine has let go of the old disk, the state holds it as one that is to be made again
 * (`pendingReplacement`), and the engine makes a disk whatever there is. Where Google has the one
 * that the configuration names already, because its creation was begun or because the change was
 * rolled back, the state gets that one. Importing it would not do: its URN is taken.
 * @returns what the state records then; undefined when nothing was to do
 */
export async function resumeDisk(
  session: Session,
  stack: Stack,
  { resources, pending }: StackState,
  progress: Progress,
): Promise<StackState | undefined> {
  const former = resources.find(({ urn, custom }) => custom && nameOf(urn) === gcpResources.data);
  if (!former?.pendingReplacement) return undefined;
  const begun = pending.find(({ type, resource }) => type === 'creating' && resource.urn === former.urn)?.resource;
  const { environment, options } = session;
  const name = dataDiskName(environment.names.gcp.dataDisk, environment.gcp.dataSnapshot);
  const wanted = [begun, former].find((each) => each?.inputs?.name === name);
  if (!wanted || !(await hasDisk(environment.gcp.project, String(wanted.inputs?.zone), name, options.connection))) return undefined;
  progress(`taking ${name}, which is there`);
  await engineRun(session, progress, () => replaceInState(stack, former, wanted));
  return stateOf(stack);
}

/** The engine drops pending operations of a state that it is given. Outputs come by a refresh. */
async function replaceInState(stack: Stack, former: StateResource, wanted: StateResource): Promise<void> {
  const exported = await stack.exportStack();
  const deployment = exported.deployment as { readonly resources: readonly StateResource[] };
  const { pendingReplacement: _, retainOnDelete: __, ...kept } = wanted;
  const disk = { ...kept, id: idOf(wanted.type, (wanted.inputs ?? {}) as Properties), outputs: wanted.outputs ?? wanted.inputs };
  const resources = deployment.resources.map((each) => (each.urn === former.urn ? disk : each));
  await stack.importStack({ ...exported, deployment: { ...deployment, resources } });
}
