/** A share of the sessions goes to the new release, and is judged before it gets a larger one. */
import { canaryScript } from '../../../../lib/release/host/index.ts';
import { canaryShares } from '../../../../lib/release/plan/step.ts';
import type { Action, Actions } from '../perform.ts';
import { watchRelease } from '../probe/watch.ts';
import { digestOf, type RunState } from '../run-state.ts';
import { runHostScript } from './hosts.ts';
import { requireKept } from './watch.ts';

export function canaryActions(state: RunState): Actions {
  return Object.fromEntries(canaryShares.map((percent) => [`canary-${percent}`, canary(state, percent)]));
}

/** The new release is in the idle slot until it has all sessions: only its requests count. */
function canary(state: RunState, percent: (typeof canaryShares)[number]): Action {
  const { ports, request } = state;
  const { component, watchSeconds: seconds } = request;
  return async (progress) => {
    await runHostScript(state, canaryScript({ digest: digestOf(state), percent }), progress);
    const watched = await watchRelease({ shell: ports.shell, progress }, { component, port: 'idle', before: state.baseline, seconds });
    requireKept(watched.verdict);
    return watched.note;
  };
}
