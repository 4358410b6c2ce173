/**
 * After a zone could not give the machine: takes away what was made in it for that machine and
 * holds nothing.
 */
import type { Stack } from '@pulumi/pulumi/automation/index.js';
import type { Progress } from '../../../../lib/ports/reporter.ts';
import { stopMachines } from '../api/machines.ts';
import { engineRun } from '../engine/engine-run.ts';
import { type Session, type StateResource, stateOf } from '../engine/session.ts';
import { nameOf } from '../engine/urn.ts';

/**
 * Removes what is left in the zone unless something there holds data or still runs, and is not
 * approved to go.
 * @returns names of what holds the environment in the zone; empty when it may move.
 */
export async function leaveZone(
  session: Session,
  stack: Stack,
  zone: string,
  approved: readonly string[],
  progress: Progress,
): Promise<readonly string[]> {
  const left = await inZone(stack, zone);
  if (left.length === 0) return [];
  // Whether a disk was ever attached is the cloud's knowledge.
  await engineRun(session, progress, (options) => stack.refresh({ ...options, target: left.map(({ urn }) => urn) }));
  const there = await inZone(stack, zone);
  const holding = there.filter(holds).map(({ urn }) => nameOf(urn));
  const unapproved = holding.filter((name) => !approved.includes(name));
  if (unapproved.length > 0) return unapproved;
  await session.unprotect(
    there.filter(({ protect }) => protect).map(({ urn }) => urn),
    progress,
  );
  await stopMachines(session, stack, progress);
  const target = there.map(({ urn }) => urn);
  if (target.length > 0) await engineRun(session, progress, (options) => stack.destroy({ ...options, target, targetDependents: true }));
  return [];
}

async function inZone(stack: Stack, zone: string): Promise<StateResource[]> {
  const { resources } = await stateOf(stack);
  return resources.filter(({ custom, inputs }) => custom && inputs?.zone === zone);
}

/** A machine that is there, and a disk that was attached to one at any time. */
function holds({ type, outputs }: StateResource): boolean {
  if (type === 'gcp:compute/instance:Instance') return true;
  return type === 'gcp:compute/disk:Disk' && Boolean(outputs?.lastAttachTimestamp);
}
