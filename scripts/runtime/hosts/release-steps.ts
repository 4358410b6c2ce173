/** A release on its host, step by step. */
import type { HostShell } from '../../../lib/ports/host-shell.ts';
import type { Progress } from '../../../lib/ports/reporter.ts';
import { type App, shortDigest } from '../../../lib/release/artifact.ts';
import { type HostReleaseOptions, type HostScript, type HostStepId, hostScripts, rollBackScript } from '../../../lib/release/host/index.ts';
import { type HostResult, hostResultFrom } from '../../../lib/release/host/result.ts';
import { hostOf } from '../../../lib/release/hosting.ts';
import type { Released } from '../../../lib/release/outcome.ts';

const doing: Readonly<Record<HostStepId, string>> = {
  before: 'looking at what serves',
  unpack: 'fetching and unpacking it',
  migrate: 'migrating the database',
  'nginx-test': 'testing the configuration of nginx',
  start: 'starting it beside the release that serves',
  restart: 'restarting with it',
  health: 'waiting until it is healthy',
  switch: 'switching to it',
  drain: 'it serves; the requests of the release before it end',
  prune: 'removing old releases',
  'roll-back': 'rolling it back',
};

/** What is left of a release that serves already: a run may have been ended before them. */
const ofCurrent: readonly HostStepId[] = ['restart', 'health', 'drain', 'prune'];

/** A failure in one of these leaves something to undo. */
const undone: readonly HostStepId[] = ['start', 'switch', 'restart'];

export interface HostRelease {
  readonly shell: HostShell;
  readonly app: App;
  readonly options: HostReleaseOptions;
  readonly progress: Progress;
}

/** @throws DojangError `release-failed`, with what serves. A failure is undone. */
export async function releaseOnHost(release: HostRelease): Promise<Released> {
  const { app, options } = release;
  let outcome: Released['outcome'] = 'installed';
  let note = '';
  for (const script of hostScripts(app, options)) {
    if (outcome === 'current' && !ofCurrent.includes(script.step)) continue;
    const result = undone.includes(script.step) ? await runOrUndo(release, script) : await run(release, script);
    if (script.step === 'unpack' && result.outcome === 'current') outcome = 'current';
    if (app === 'ai' && script.step === 'health') note = result.note;
  }
  return { app, outcome, digest: shortDigest(options.digest), note };
}

/** Not the release's fault: its health is judged in a step of its own. */
async function runOrUndo(release: HostRelease, script: HostScript): Promise<HostResult> {
  try {
    return await run(release, script);
  } catch (error) {
    const { digest, healthSeconds } = release.options;
    await run(release, rollBackScript(release.app, { digest, healthSeconds, reason: '' })).catch(() => undefined);
    throw error;
  }
}

async function run({ shell, app, options, progress }: HostRelease, { step, script, limitSeconds }: HostScript): Promise<HostResult> {
  progress(`${doing[step]} on the ${hostOf[app]} host`);
  const comment = `${step} ${app} ${shortDigest(options.digest)}`;
  return hostResultFrom(app, step, await shell.run(hostOf[app], script, { comment, limitSeconds, progress }));
}
