/**
 * Takes off what keeps a resource from being removed: the engine's protection, and Google's own for
 * machines.
 */
import type { Stack } from '@pulumi/pulumi/automation/index.js';
import type { GcpInputs } from '../../../../lib/ports/gcp.ts';
import type { Progress } from '../../../../lib/ports/reporter.ts';
import { engineRun } from '../engine/engine-run.ts';
import { type Session, type StateResource, stateOf } from '../engine/session.ts';
import { frozenInputs } from '../engine/stack-values.ts';
import { nameOf } from '../engine/urn.ts';

/** Unlocks the recorded resources that `which` chooses. What is not locked stays as it is. */
export async function unlock(
  session: Session,
  stack: Stack,
  which: (resource: StateResource) => boolean,
  progress: Progress,
): Promise<void> {
  const chosen = (await stateOf(stack)).resources.filter((resource) => resource.custom && which(resource));
  await session.unprotect(
    chosen.filter(({ protect }) => protect).map(({ urn }) => urn),
    progress,
  );
  const guarded = chosen.filter(({ inputs }) => inputs?.deletionProtection === true).map(({ urn }) => urn);
  if (guarded.length > 0) await allowDeletion(session, stack, guarded, await frozenInputs(session, stack), progress);
}

/**
 * Google refuses to delete a machine with deletion protection, so that is switched off first;
 * nothing else of the machine changes.
 */
async function allowDeletion(session: Session, stack: Stack, target: string[], inputs: GcpInputs, progress: Progress): Promise<void> {
  const { unprotectProgram } = await import('../../../../gpu/partial-programs.ts');
  const program = async () => ({ ...unprotectProgram(session.environment, { ...inputs, approved: target.map(nameOf) }) });
  await engineRun(session, progress, (options) => stack.up({ ...options, program, target }));
}
