/** The functional test of a release: judged by the manual's triggers. */

import type { Progress } from '../../../../lib/ports/reporter.ts';
import { hostOf } from '../../../../lib/release/hosting.ts';
import { triggersOf } from '../../../../lib/release/plan/triggers.ts';
import { judgeWatch, type Sample } from '../../../../lib/release/plan/watch.ts';
import { apiTestScript } from '../../../../lib/release/probe/api-test.ts';
import { samplesFrom } from '../../../../lib/release/probe/samples.ts';
import type { ProbeScript } from '../../../../lib/release/probe/script.ts';
import type { Action } from '../perform.ts';
import { digestOf, type RunState } from '../run-state.ts';
import { requireKept } from './watch.ts';

export function test(state: RunState): Action {
  return async (progress) => {
    const { component } = state.request;
    const digest = digestOf(state);
    const samples = await samplesOf(state, apiTestScript({ digest }), progress);
    requireKept(
      judgeWatch(
        samples,
        undefined,
        triggersOf(component).filter(({ steps }) => steps.includes('test')),
      ),
    );
    return [...new Set(samples.flatMap((sample) => (sample.kind === 'probe' ? [sample.signal] : [])))].join(', ');
  };
}

async function samplesOf(
  { ports: { shell }, request }: RunState,
  { script, limitSeconds }: ProbeScript,
  progress: Progress,
): Promise<readonly Sample[]> {
  const { component } = request;
  return samplesFrom(await shell.run(hostOf[component], script, { comment: `test ${component}`, limitSeconds, progress }));
}
