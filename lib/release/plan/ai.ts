/** The steps of a release of the AI server: one GPU holds one model, so it restarts in place. */
import { beginning, ending, restartInPlace, unpack } from './common.ts';
import { healthStepSeconds, stepSeconds, testSeconds } from './limits.ts';
import type { StepOptions } from './plan.ts';
import type { Step } from './step.ts';

export function aiSteps(options: StepOptions): readonly Step[] {
  return [
    ...beginning('free disk; health of what serves is shown'),
    unpack('ai'),
    {
      id: 'switch',
      title: 'switch the link to the new release',
      checks: 'one rename',
      limitSeconds: stepSeconds['switch-link'],
      onFailure: { do: 'stop' },
      effects: [],
      serving: 'old',
    },
    restartInPlace('dojang-ai'),
    health(options),
    {
      id: 'test',
      title: 'analyse a sample contract',
      checks: 'it is analysed; out of memory restarts the machine too',
      limitSeconds: testSeconds.ai,
      onFailure: { do: 'roll-back' },
      effects: [],
      serving: 'new',
    },
    ...ending(options),
  ];
}

function health({ healthSeconds }: StepOptions): Step {
  return {
    id: 'health',
    title: 'wait until it is healthy',
    checks: `healthy 3 times in a row within ${healthSeconds} s, or the host itself rolls back; with a driver, the GPU is visible and has memory free; contracts wait in the queue`,
    limitSeconds: healthStepSeconds('ai', healthSeconds),
    onFailure: { do: 'roll-back' },
    effects: [],
    serving: 'none',
  };
}
