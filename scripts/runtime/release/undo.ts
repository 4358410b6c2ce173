/** The way back of a release that failed: the one before it serves again, or still. */
import { DojangError, messageOf } from '../../../lib/errors/dojang-error.ts';
import type { HostName, HostShell } from '../../../lib/ports/host-shell.ts';
import type { Progress } from '../../../lib/ports/reporter.ts';
import { shortDigest } from '../../../lib/release/artifact.ts';
import { hostScripts, rollBackScript } from '../../../lib/release/host/index.ts';
import { ReleaseFault } from '../../../lib/release/host/result.ts';
import { hostOf } from '../../../lib/release/hosting.ts';
import { compensations } from '../../../lib/release/plan/compensations.ts';
import type { Plan } from '../../../lib/release/plan/step.ts';
import { recordLine } from '../../../lib/release/record.ts';
import { newestFirst } from '../../../lib/release/releases.ts';
import { waitUntil } from '../../io/process/wait-until.ts';
import { hostReleaseOptions, runHostScript } from './actions/hosts.ts';
import { requireSchema } from './actions/schema.ts';
import type { StepFailure } from './perform.ts';
import { digestOf, type RunState } from './run-state.ts';

/** A failure that is met by more than the release before: the machine restarts too. */
export class MachineFault extends DojangError {}

/**
 * @throws DojangError `schema-incompatible` where the release before would get a schema that it
 *   does not work with: the new one serves on
 */
export async function undo(state: RunState, plan: Plan, failure: StepFailure, progress: Progress): Promise<string> {
  const onHost = compensations(plan, failure.step.id).some(({ effects }) => effects.length > 0);
  if (!onHost) return failure.step.id === 'migrate' ? 'what served before serves; what was migrated stays' : 'what served before serves';
  const { component } = state.request;
  await requireSchemaOfBefore(state, progress);
  const { healthSeconds } = hostReleaseOptions(state, digestOf(state));
  const options = { digest: digestOf(state), healthSeconds, reason: reasonOf(failure) };
  const { outcome, digest } = await runHostScript(state, rollBackScript(component, options), progress);
  if (failure.error instanceof MachineFault) await restartMachine(state, progress);
  if (outcome !== 'rolled-back') return 'what served before serves';
  await drainTheOther(state, progress);
  return `${shortDigest(digest)} serves again`;
}

/** Before the switch the release before serves on whatever was migrated. */
async function requireSchemaOfBefore(state: RunState, progress: Progress): Promise<void> {
  const { request, servedBefore, steps, kind, read } = state;
  const hasSwitched = kind === 'unrecorded' || steps.some(({ id, state: done }) => id === 'switch' && done === 'done');
  const before = newestFirst(read.records, request.component).find(({ digest }) => digest === servedBefore);
  if (request.component === 'api' && hasSwitched && before && before.digest !== digestOf(state))
    await requireSchema(state, before, progress);
}

/** Ends the slot that is left. That it takes longer changes nothing about what serves. */
async function drainTheOther(state: RunState, progress: Progress): Promise<void> {
  const drain = hostScripts(state.request.component, hostReleaseOptions(state, digestOf(state))).find(({ step }) => step === 'drain');
  if (!drain) return;
  await runHostScript(state, drain, progress).catch((error: unknown) =>
    state.context.report.note(`the slot that was left did not end: ${messageOf(error)}; the next release ends it`),
  );
}

/**
 * Steps that look at the release itself. An nginx that refuses, say, is no fault of it, unless the
 * host has seen that the release is not healthy.
 */
const judging: readonly string[] = ['start', 'health', 'test', 'canary-5', 'canary-25', 'canary-50', 'watch'];

/** Why the release is bad, for its mark on the host; empty when it was not its fault. */
export function reasonOf({ step, error }: StepFailure): string {
  const judged = error instanceof ReleaseFault || judging.includes(step.id);
  const isItsFault = error instanceof DojangError && error.code === 'release-failed' && judged;
  return isItsFault ? recordLine(`${step.id}: ${messageOf(error)}`) : '';
}

/** A process that holds the memory of the GPU may outlive its service. */
async function restartMachine({ ports: { shell }, request }: RunState, progress: Progress): Promise<void> {
  const host = hostOf[request.component];
  progress(`restarting the ${host} host`);
  const before = await bootOf(shell, host);
  const restart = 'systemd-run --quiet --collect --on-active=2 systemctl reboot\n';
  await shell.run(host, restart, { comment: 'restart the machine', limitSeconds: 60 });
  // Systems Manager calls a machine online for minutes after it has gone.
  const isBack = async () => {
    const boot = await bootOf(shell, host).catch(() => undefined);
    return boot !== undefined && boot !== before;
  };
  if (await waitUntil(isBack, { interval: 5000, limit: restartSeconds * 1000 })) return;
  throw new DojangError('host-unreachable', `the ${host} host did not come back within ${restartSeconds} s`, {
    next: 'look at its console in the cloud; dojang doctor asks it when it is back',
  });
}

const restartSeconds = 600;

async function bootOf(shell: Pick<HostShell, 'run'>, host: HostName): Promise<string> {
  const { stdout } = await shell.run(host, 'cat /proc/sys/kernel/random/boot_id\n', { comment: 'which boot is it', limitSeconds: 30 });
  return stdout.trim();
}
