/** The way back of a release that failed: the one before it serves again, or still. */
import { DojangError, messageOf } from '../../../lib/errors/dojang-error.ts';
import type { Progress } from '../../../lib/ports/reporter.ts';
import { shortDigest } from '../../../lib/release/artifact.ts';
import { hostScripts, rollBackScript } from '../../../lib/release/host/index.ts';
import { hostOf } from '../../../lib/release/hosting.ts';
import { compensations } from '../../../lib/release/plan/compensations.ts';
import type { Plan } from '../../../lib/release/plan/step.ts';
import { recordLine } from '../../../lib/release/record.ts';
import { hostReleaseOptions, runHostScript } from './actions/hosts.ts';
import type { StepFailure } from './perform.ts';
import { digestOf, type RunState } from './run-state.ts';

/** A failure that is met by more than the release before: the machine restarts too. */
export class MachineFault extends DojangError {}

export async function undo(state: RunState, plan: Plan, failure: StepFailure, progress: Progress): Promise<string> {
  const onHost = compensations(plan, failure.step.id).some(({ effects }) => effects.length > 0);
  if (!onHost) return 'nothing on the host was changed';
  const { component } = state.request;
  const { healthSeconds } = hostReleaseOptions(state, digestOf(state));
  const options = { digest: digestOf(state), healthSeconds, reason: reasonOf(failure) };
  const { outcome, digest } = await runHostScript(state, rollBackScript(component, options), progress);
  if (failure.error instanceof MachineFault) await restartMachine(state, progress);
  if (outcome !== 'rolled-back') return 'what served before serves';
  const drain = hostScripts(component, hostReleaseOptions(state, digestOf(state))).find(({ step }) => step === 'drain');
  if (drain) await runHostScript(state, drain, progress);
  return `${shortDigest(digest)} serves again`;
}

/** Steps that look at the release itself. An nginx that refuses, say, is no fault of it. */
const judging: readonly string[] = ['start', 'health', 'test', 'canary-5', 'canary-25', 'canary-50', 'watch'];

/** Why the release is bad, for its mark on the host; empty when it was not its fault. */
export function reasonOf({ step, error }: StepFailure): string {
  const isItsFault = error instanceof DojangError && error.code === 'release-failed' && judging.includes(step.id);
  return isItsFault ? recordLine(`${step.id}: ${messageOf(error)}`) : '';
}

/** A process that holds the memory of the GPU may outlive its service. */
async function restartMachine({ ports: { shell }, request }: RunState, progress: Progress): Promise<void> {
  const host = hostOf[request.component];
  progress(`restarting the ${host} host`);
  await shell.run(host, 'systemd-run --quiet --collect --on-active=2 systemctl reboot\n', {
    comment: 'restart the machine',
    limitSeconds: 60,
    progress,
  });
  await shell.whenReady(host, 600, progress);
}
