/** A release of the API, step by step: the one before it serves until nginx has switched. */
import type { HostShell } from '../../../lib/ports/host-shell.ts';
import type { Progress } from '../../../lib/ports/reporter.ts';
import { type ApiStepResult, apiStepFrom } from '../../../lib/release/api-outcome.ts';
import { shortDigest } from '../../../lib/release/artifact.ts';
import { type ApiReleaseOptions, apiReleaseScripts } from '../../../lib/release/host/index.ts';
import { rollBackScript } from '../../../lib/release/host/roll-back.ts';
import type { ApiStep, HostScript } from '../../../lib/release/host/script.ts';
import { hostOf } from '../../../lib/release/hosting.ts';
import type { Released } from '../../../lib/release/outcome.ts';

const doing: Readonly<Record<ApiStep, string>> = {
  prepare: 'fetching and unpacking it on the aws host',
  migrate: 'migrating the database',
  start: 'starting it beside the release that serves, until it is healthy',
  switch: 'switching nginx to it',
  drain: 'it serves; the requests of the release before it end',
  prune: 'removing old releases',
  'roll-back': 'stopping it; the release before it serves',
};

/** What is left of a release that serves already: a run may have been ended before them. */
const afterwards: readonly ApiStep[] = ['drain', 'prune'];

/**
 * @throws DojangError `release-failed`, with what serves. A failure before the switch is made good:
 *   the new slot is stopped.
 */
export async function releaseApi(shell: HostShell, options: ApiReleaseOptions, progress: Progress): Promise<Released> {
  const run = (script: HostScript) => runScript({ shell, script, digest: options.digest, progress });
  const digest = shortDigest(options.digest);
  let outcome: Released['outcome'] = 'installed';
  for (const script of apiReleaseScripts(options)) {
    if (outcome === 'current' && !afterwards.includes(script.step)) continue;
    const result = script.step === 'switch' ? await switchOrStop(run, script, options) : await run(script);
    if (result.outcome === 'current') outcome = 'current';
  }
  return { app: 'api', outcome, digest, note: '' };
}

/** nginx that does not switch is no fault of the release, which is not marked as bad. */
async function switchOrStop(
  run: (script: HostScript) => Promise<ApiStepResult>,
  script: HostScript,
  { digest, healthSeconds }: ApiReleaseOptions,
): Promise<ApiStepResult> {
  try {
    return await run(script);
  } catch (error) {
    await run(rollBackScript({ digest, healthSeconds, reason: '' })).catch(() => undefined);
    throw error;
  }
}

interface Run {
  readonly shell: HostShell;
  readonly script: HostScript;
  readonly digest: string;
  readonly progress: Progress;
}

async function runScript({ shell, script: { step, script, limitSeconds }, digest, progress }: Run): Promise<ApiStepResult> {
  progress(doing[step]);
  const comment = `${step} api ${shortDigest(digest)}`;
  return apiStepFrom(step, await shell.run(hostOf.api, script, { comment, limitSeconds, progress }));
}
