/** Deploys the GCP program, from whatever an earlier run left. */
import type { PulumiFn, Stack } from '@pulumi/pulumi/automation/index.js';
import { capacityIn, NoCapacity } from '../../../../lib/deployment/no-capacity.ts';
import { holdingOf } from '../../../../lib/inventory/stateful-resources.ts';
import type { GcpInputs } from '../../../../lib/ports/gcp.ts';
import type { Outputs } from '../../../../lib/ports/outputs.ts';
import type { Progress } from '../../../../lib/ports/reporter.ts';
import { startMachines, stopMachines } from '../api/machines.ts';
import { engineRun } from '../engine/engine-run.ts';
import { EngineFailed } from '../engine/failures.ts';
import { endOrphans } from '../engine/locks.ts';
import type { Session, StateResource } from '../engine/session.ts';
import { storeInputs, textsOf } from '../engine/stack-values.ts';
import { nameOf } from '../engine/urn.ts';
import { previewChanges } from './changes.ts';
import { leaveDisk } from './leave-disk.ts';
import { leaveZone } from './leave-zone.ts';
import { recover } from './recover.ts';
import { unlock } from './unlock.ts';

/**
 * What was approved to go is protected again afterwards. A machine that is replaced, or whose disk
 * is, is stopped first: the engine detaches the disk before it deletes the machine, and would take
 * it from under a mounted file system. Machines are started last, since a zone that cannot start
 * one must leave nothing unprotected.
 * @throws NoCapacity, EngineFailed, or DojangError `stack-locked`, `machine-not-started`.
 */
export async function deploy(
  session: Session,
  inputs: GcpInputs,
  programFor: (inputs: GcpInputs) => PulumiFn,
  progress: Progress,
): Promise<Outputs> {
  await endOrphans(session, progress);
  const stack = await session.open(progress);
  const recorded = await recover(session, stack, progress);
  await storeInputs(stack, inputs);
  const approved = ownApprovals(recorded, inputs.approved ?? []);
  const own = { ...inputs, approved };
  await restoreProtection(session, recorded, approved, progress);
  if (approved.length > 0) {
    await leaveDisk(session, stack, recorded, own, progress);
    await unlock(session, stack, (resource) => isNamed(resource, approved), progress);
    await stopLosing(session, stack, programFor(own), progress);
  }
  const outputs = await runProgram(session, stack, own, programFor, progress);
  await startMachines(session, recorded, progress);
  return outputs;
}

/**
 * The approvals of what this stack has and protects: others are for AWS, and would have the program
 * run twice for nothing.
 */
function ownApprovals(recorded: readonly StateResource[], approved: readonly string[]): string[] {
  const held = recorded.filter(({ custom, type }) => custom && holdingOf(type)).map(({ urn }) => nameOf(urn));
  return approved.filter((name) => held.includes(name));
}

/** Once with what is approved, and then once without, which protects it. */
async function runProgram(
  session: Session,
  stack: Stack,
  inputs: GcpInputs,
  programFor: (inputs: GcpInputs) => PulumiFn,
  progress: Progress,
): Promise<Outputs> {
  const { approved = [] } = inputs;
  const run = (program: PulumiFn) => engineRun(session, progress, (options) => stack.up({ ...options, program }));
  try {
    const { outputs } = await run(programFor(inputs));
    if (approved.length === 0) return textsOf(outputs);
    progress(`protecting ${approved.join(', ')} again`);
    return textsOf((await run(programFor({ ...inputs, approved: [] }))).outputs);
  } catch (error) {
    const details = error instanceof EngineFailed ? capacityIn(error.errors.join('\n'), inputs.zone) : undefined;
    if (!details) throw error;
    progress(`leaving ${details.zone}`);
    throw new NoCapacity(details, await leaveZone(session, stack, details.zone, approved, progress), error);
  }
}

/** Types whose removal takes a disk from a machine. */
const losing = ['gcp:compute/instance:Instance', 'gcp:compute/attachedDisk:AttachedDisk'];

async function stopLosing(session: Session, stack: Stack, program: PulumiFn, progress: Progress): Promise<void> {
  const changes = await previewChanges(session, program);
  if (changes.some(({ type, effect }) => losing.includes(type) && ['replace', 'delete'].includes(effect))) {
    await stopMachines(session, stack, progress);
  }
}

/**
 * The engine refuses to replace or delete only what its state has protected and the program
 * protects still. After a run that took an approval and was killed, or a plain `pulumi up` with
 * one, the state has no protection, and the next replacement would not be refused.
 */
async function restoreProtection(
  session: Session,
  recorded: readonly StateResource[],
  approved: readonly string[],
  progress: Progress,
): Promise<void> {
  const bare = recorded.filter((one) => one.custom && holdingOf(one.type) && !one.protect && !isNamed(one, approved));
  if (bare.length === 0) return;
  progress(`protecting ${bare.map(({ urn }) => nameOf(urn)).join(', ')} again`);
  await session.protect(
    bare.map(({ urn }) => urn),
    progress,
  );
}

function isNamed({ urn }: StateResource, names: readonly string[]): boolean {
  return names.includes(nameOf(urn));
}
