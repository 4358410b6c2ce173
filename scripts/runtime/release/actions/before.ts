/** What is looked at before a release changes anything. */
import type { Progress } from '../../../../lib/ports/reporter.ts';
import { hostScripts } from '../../../../lib/release/host/index.ts';
import { hostOf } from '../../../../lib/release/hosting.ts';
import { recordedAs } from '../../../../lib/release/recorded.ts';
import type { Action } from '../perform.ts';
import { measureBefore } from '../probe/measure.ts';
import type { RunState } from '../run-state.ts';
import { hostReleaseOptions, readySeconds, runHostScript } from './hosts.ts';
import { requireExpandOnly } from './migrations.ts';
import { requireSchema } from './schema.ts';

export function before(state: RunState): Action {
  return async (progress) => {
    const { component, target, watchSeconds } = state.request;
    const script = hostScripts(component, hostReleaseOptions(state, target?.digest ?? '')).find(({ step }) => step === 'before');
    if (!script) throw new Error(`the ${component} has no script for the step before`);
    // One that has just started needs a minute.
    await state.ports.shell.whenReady(hostOf[component], readySeconds, progress);
    const { note, serving } = await runHostScript(state, script, progress);
    state.servedBefore = serving?.state === 'active' ? serving.digest : undefined;
    state.hasServed = serving !== undefined;
    if (state.hasServed && watchSeconds > 0) state.baseline = await measureBefore({ shell: state.ports.shell, progress }, { component });
    const migrations = component === 'api' ? await schemaNotes(state, progress) : [];
    if (target) choose(state, target.digest);
    return [note, ...migrations].filter((each) => each !== '').join(', ');
  };
}

/** @throws DojangError `not-expand-only`, `schema-incompatible` */
async function schemaNotes(state: RunState, progress: Progress): Promise<readonly string[]> {
  const { target } = state.request;
  if (!target) return requireExpandOnly(state);
  await requireSchema(state, target, progress);
  return [];
}

/** What is to serve is known: is it new, or does it serve already? */
export function choose(state: RunState, digest: string): void {
  state.artifact = { digest };
  const { component } = state.request;
  const recorded = recordedAs(state.read.records, { component, digest, servingDigest: state.servedBefore });
  state.kind = recorded.kind;
  state.record = recorded.kind === 'new' ? undefined : recorded.record;
}
