/** The dump before a release of the API: what a restore goes back to. */
import { dumpDatabase, dumpedText } from '../../database/dump.ts';
import type { Action } from '../perform.ts';
import type { RunState } from '../run-state.ts';

export function dump(state: RunState): Action {
  return async (progress) => {
    const dumped = await dumpDatabase(state.context, state.ports.shell, { releaseId: state.record?.id }, progress);
    if (state.record) state.record = { ...state.record, dump: dumped.key };
    return dumpedText(dumped);
  };
}
