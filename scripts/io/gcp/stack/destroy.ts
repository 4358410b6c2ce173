/** Removes an environment's GCP side, all of it or all but what is to be kept. */
import type { Stack } from '@pulumi/pulumi/automation/index.js';
import { DojangError } from '../../../../lib/errors/dojang-error.ts';
import type { Progress } from '../../../../lib/ports/reporter.ts';
import { revokeRule, rulesOf } from '../api/firewall-rules.ts';
import { stopMachines } from '../api/machines.ts';
import { engineRun } from '../engine/engine-run.ts';
import { lastPart } from '../engine/ids.ts';
import { endOrphans } from '../engine/locks.ts';
import { type Session, type StateResource, stateOf } from '../engine/session.ts';
import { frozenInputs } from '../engine/stack-values.ts';
import { nameOf } from '../engine/urn.ts';
import { recover } from './recover.ts';
import { unlock } from './unlock.ts';

/**
 * Machines are stopped first, so that their disks are unmounted. With nothing kept, the stack goes
 * too. Done twice, it does nothing the second time.
 */
export async function destroyAll(session: Session, keep: readonly string[], progress: Progress): Promise<void> {
  await endOrphans(session, progress);
  const stack = await session.existing(progress);
  if (!stack) return;
  await recover(session, stack, progress);
  const { resources } = await stateOf(stack);
  const there = resources.filter(({ custom, type }) => custom && type.startsWith('gcp:'));
  const kept = keep.filter((name) => there.some(({ urn }) => nameOf(urn) === name));
  await unlock(session, stack, ({ urn }) => !kept.includes(nameOf(urn)), progress);
  await refuseProtected(stack, kept);
  await stopMachines(session, stack, progress);
  await removeStrayFirewalls(session, there, progress);
  if (kept.length > 0) return keepOnly(session, stack, kept, progress);
  await engineRun(session, progress, (options) => stack.destroy(options));
  await session.remove(stack);
}

/**
 * The Automation API destroys without a preview, and the engine removes whatever nothing depends on
 * before it comes to a resource that it may not remove. So nothing is removed unless everything may
 * be.
 */
async function refuseProtected(stack: Stack, kept: readonly string[]): Promise<void> {
  const { resources } = await stateOf(stack);
  const names = resources.filter(({ custom, protect, inputs }) => custom && (protect || inputs?.deletionProtection === true));
  const left = names.map(({ urn }) => nameOf(urn)).filter((name) => !kept.includes(name));
  if (left.length === 0) return;
  throw new DojangError('gcp-protected', `GCP: ${left.join(', ')} is still protected; nothing was removed`, {
    next: `pulumi state unprotect <urn> for each, or deletionProtection off for a machine; then run the same command again`,
  });
}

/**
 * A firewall made by hand would keep its network from being removed; without the network it means
 * nothing.
 */
async function removeStrayFirewalls(session: Session, there: readonly StateResource[], progress: Progress): Promise<void> {
  const managed = new Set(there.filter(({ type }) => type.endsWith(':Firewall')).map(({ id }) => lastPart(id)));
  for (const network of there.filter(({ type }) => type.endsWith(':Network'))) {
    const rules = await rulesOf(session.environment.gcp.project, lastPart(network.id), session.options.connection);
    for (const rule of rules.filter(({ carrier }) => !managed.has(carrier))) {
      progress(`removing firewall ${rule.carrier}, made by hand`);
      await revokeRule(session.environment.gcp.project, rule, session.options.connection);
    }
  }
}

async function keepOnly(session: Session, stack: Stack, kept: readonly string[], progress: Progress): Promise<void> {
  const { retainedProgram } = await import('../../../../gpu/partial-programs.ts');
  const inputs = await frozenInputs(session, stack);
  const program = async () => ({ ...retainedProgram(session.environment, inputs, kept) });
  await engineRun(session, progress, (options) => stack.up({ ...options, program }));
}
