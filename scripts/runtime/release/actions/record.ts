/** The record of the release that serves. */
import type { ReleaseRecord } from '../../../../lib/release/record.ts';
import type { Action } from '../perform.ts';
import { endRecord } from '../records.ts';
import type { RunState } from '../run-state.ts';
import { begin } from './artifact.ts';

export function record(state: RunState): Action {
  return async () => {
    await begin(state);
    await write(state, { outcome: 'serving' });
    return state.record?.id ?? '';
  };
}

/** As the release is now: the steps so far, and how it ended. */
export async function write(state: RunState, end: Pick<ReleaseRecord, 'outcome' | 'bad' | 'reason' | 'ended'>): Promise<void> {
  const { record: begun, steps, gapSeconds, ports, bucket } = state;
  if (!begun) return;
  // What a run found done already was measured by the one that did it.
  const measured = state.kind === 'current' ? {} : { steps, downtimeSeconds: gapSeconds };
  state.record = { ...begun, ...end, ...measured };
  await endRecord(ports.aws.recordStore(bucket), state.record);
}
