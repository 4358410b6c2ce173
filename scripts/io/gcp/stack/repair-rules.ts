/**
 * Puts the program's own firewalls right and touches nothing else, whatever else waits to be
 * deployed.
 */
import type { PulumiFn, Stack } from '@pulumi/pulumi/automation/index.js';
import { DojangError } from '../../../../lib/errors/dojang-error.ts';
import type { GcpInputs } from '../../../../lib/ports/gcp.ts';
import type { Progress } from '../../../../lib/ports/reporter.ts';
import { engineRun } from '../engine/engine-run.ts';
import { endOrphans } from '../engine/locks.ts';
import { type Session, stateOf } from '../engine/session.ts';
import { storedInputs, storeInputs } from '../engine/stack-values.ts';
import { recover } from './recover.ts';

/** Every firewall of the program, also one that the state does not know. */
const firewalls = ['**gcp:compute/firewall:Firewall::*'];

/**
 * The firewalls are read first, so that changes and deletions by hand are seen. The zone stays the
 * one that was deployed to.
 * @throws EngineFailed, or DojangError `not-deployed` or `stack-locked`.
 */
export async function repair(session: Session, inputs: GcpInputs, program: PulumiFn, progress: Progress): Promise<void> {
  await endOrphans(session, progress);
  const stack = await session.existing(progress);
  if (!stack) throw notDeployed(session);
  await recover(session, stack, progress);
  const stored = await storedInputs(stack);
  if (!stored || !(await hasNetwork(stack))) throw notDeployed(session);
  await storeInputs(stack, { ...inputs, zone: stored.zone });
  await engineRun(session, progress, (options) => stack.up({ ...options, program, target: firewalls, refresh: true }));
}

/** What was removed but for its data has a stack and nothing to put a firewall on. */
async function hasNetwork(stack: Stack): Promise<boolean> {
  return (await stateOf(stack)).resources.some(({ type }) => type === 'gcp:compute/network:Network');
}

function notDeployed({ environment: { name } }: Session): DojangError {
  return new DojangError('not-deployed', `GCP is not deployed for ${name}`, { next: `dojang up --env ${name}` });
}
