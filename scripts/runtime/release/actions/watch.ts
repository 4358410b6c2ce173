/**
 * The release that has just got the requests is watched, and rolled back on the manual's triggers.
 */
import { DojangError } from '../../../../lib/errors/dojang-error.ts';
import type { Verdict } from '../../../../lib/release/plan/watch.ts';
import type { Action } from '../perform.ts';
import { watchRelease } from '../probe/watch.ts';
import type { RunState } from '../run-state.ts';
import { MachineFault } from '../undo.ts';

export function watch(state: RunState): Action {
  const { shell } = state.ports;
  const { component, watchSeconds: seconds } = state.request;
  return async (progress) => {
    const port = component === 'api' ? ({ port: 'serving' } as const) : {};
    const { verdict, note } = await watchRelease({ shell, progress }, { component, ...port, before: state.baseline, seconds });
    requireKept(verdict);
    return note;
  };
}

/**
 * @throws DojangError `release-failed` with the trigger, a `MachineFault` where the machine is to
 *   restart too
 */
export function requireKept(verdict: Verdict): void {
  if (verdict.do === 'keep') return;
  const next = 'mend it, and release it again';
  if (verdict.scope === 'release-and-machine') throw new MachineFault('release-failed', verdict.reason, { next });
  throw new DojangError('release-failed', verdict.reason, { next });
}
