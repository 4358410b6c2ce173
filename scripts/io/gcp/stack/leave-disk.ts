/** Leaves the data disk at Google when one from a snapshot takes its place. */
import type { Stack } from '@pulumi/pulumi/automation/index.js';
import { dataDiskName } from '../../../../lib/config/data-disks.ts';
import { gcpResources } from '../../../../lib/config/names.ts';
import { DojangError } from '../../../../lib/errors/dojang-error.ts';
import type { GcpInputs } from '../../../../lib/ports/gcp.ts';
import type { Progress } from '../../../../lib/ports/reporter.ts';
import { hasDisk } from '../api/snapshots.ts';
import { engineRun } from '../engine/engine-run.ts';
import type { Session, StateResource } from '../engine/session.ts';
import { frozenInputs } from '../engine/stack-values.ts';
import { nameOf } from '../engine/urn.ts';

/**
 * The engine deletes what it replaces, unless its state says to retain it: an option of the program
 * that is to run comes too late (`DeleteStep.Apply` reads the old state). So the disk that is
 * recorded gets it first, in a run of its own, and is then forgotten instead of deleted. Does
 * nothing when the disk keeps its name, or was let go by a run that did not come to its end.
 * @throws DojangError `disk-exists` before anything is changed.
 */
export async function leaveDisk(
  session: Session,
  stack: Stack,
  recorded: readonly StateResource[],
  { zone, approved = [] }: GcpInputs,
  progress: Progress,
): Promise<void> {
  const { environment, options } = session;
  const disk = recorded.find(({ custom, urn }) => custom && nameOf(urn) === gcpResources.data);
  const name = dataDiskName(environment.names.gcp.dataDisk, environment.gcp.dataSnapshot);
  if (!disk || disk.pendingReplacement || disk.inputs?.name === name || !approved.includes(gcpResources.data)) return;
  const { project } = environment.gcp;
  if (await hasDisk(project, zone, name, options.connection)) throw diskExists(project, zone, name, environment.name);
  progress(`${String(disk.inputs?.name)} stays at Google`);
  const { diskRetainedProgram } = await import('../../../../gpu/partial-programs.ts');
  const inputs = { ...(await frozenInputs(session, stack)), approved };
  const program = async () => ({ ...diskRetainedProgram(environment, inputs) });
  await engineRun(session, progress, (run) => stack.up({ ...run, program, target: [disk.urn] }));
}

function diskExists(project: string, zone: string, name: string, environment: string): DojangError {
  return new DojangError('disk-exists', `there is a disk ${name} in ${zone} already`, {
    why: 'It was the data disk before, and holds the data of then. Nothing was changed at Google.',
    next: `gcloud compute disks delete ${name} --zone=${zone} --project=${project} once that data is not needed; or snapshot it and set environments.${environment}.gcp.dataSnapshot`,
  });
}
