/** The steps of a release that are a script on its host. */
import type { Progress } from '../../../../lib/ports/reporter.ts';
import { type App, shortDigest } from '../../../../lib/release/artifact.ts';
import { type HostReleaseOptions, type HostScript, hostScripts } from '../../../../lib/release/host/index.ts';
import { type HostResult, hostResultFrom } from '../../../../lib/release/host/result.ts';
import { servingScript } from '../../../../lib/release/host/serving.ts';
import { hostOf } from '../../../../lib/release/hosting.ts';
import type { StepId } from '../../../../lib/release/plan/step.ts';
import type { Action, Actions } from '../perform.ts';
import type { ReleasePorts } from '../ports.ts';
import { digestOf, type RunState } from '../run-state.ts';

export function hostReleaseOptions({ context, bucket }: Pick<RunState, 'context' | 'bucket'>, digest: string): HostReleaseOptions {
  const { api, aws, names } = context.environment;
  return {
    digest,
    bucket,
    region: aws.region,
    migratePassword: names.parameters.trust.aws['mysql-migrate'],
    healthSeconds: api.healthSeconds,
  };
}

export async function runHostScript(state: RunState, { step, script, limitSeconds }: HostScript, progress: Progress): Promise<HostResult> {
  const { component } = state.request;
  const comment = `${step} ${component} ${state.artifact ? shortDigest(state.artifact.digest) : ''}`.trim();
  return hostResultFrom(component, step, await state.ports.shell.run(hostOf[component], script, { comment, limitSeconds, progress }));
}

/** Seconds that a host which is starting has. */
export const readySeconds = 120;

/** Digest of what serves by the host itself; undefined where nothing does. */
export async function servingDigest({ shell }: Pick<ReleasePorts, 'shell'>, component: App): Promise<string | undefined> {
  const { script, limitSeconds } = servingScript(component);
  await shell.whenReady(hostOf[component], readySeconds, () => undefined);
  const result = await shell.run(hostOf[component], script, { comment: `serving ${component}`, limitSeconds });
  return hostResultFrom(component, 'before', result).serving?.digest;
}

/** Of those of the plan that run on the host and need nothing else. */
export function hostActions(state: RunState): Actions {
  const run =
    (step: HostScript['step']): Action =>
    async (progress) => {
      const scripts = hostScripts(state.request.component, hostReleaseOptions(state, digestOf(state)));
      const script = scripts.find((each) => each.step === step);
      if (!script) throw new Error(`the ${state.request.component} has no script for the step ${step}`);
      const { note } = await runHostScript(state, script, progress);
      // A server that says why it has no model serves all the same.
      if (state.request.component === 'ai' && step === 'health') state.note = note;
      return note;
    };
  return Object.fromEntries(onHost.map((step) => [step, run(step)]));
}

const onHost = [
  'unpack',
  'migrate',
  'nginx-test',
  'start',
  'restart',
  'health',
  'switch',
  'drain',
  'prune',
] as const satisfies readonly StepId[];
