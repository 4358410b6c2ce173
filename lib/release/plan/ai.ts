/** The steps of a release of the AI server: one GPU holds one model, so it restarts in place. */
import { beginning, ending, given, restartInPlace, scriptSeconds, unpack } from './common.ts';
import type { StepOptions } from './plan.ts';
import type { Step } from './step.ts';

export function aiSteps(options: StepOptions): readonly Step[] {
  const { can } = options;
  return [
    ...beginning(options, 'free disk; health of what serves is shown'),
    unpack('ai'),
    {
      id: 'switch',
      title: 'switch the link to the new release',
      checks: 'one rename',
      limitSeconds: scriptSeconds,
      onFailure: { do: 'stop' },
      effects: [],
      serving: 'old',
    },
    restartInPlace('dojang-ai'),
    can('gpu-health') ? gpuHealth(options) : health(options),
    ...given(can('test'), {
      id: 'test',
      title: 'analyse a sample contract',
      checks: 'it is analysed; out of memory restarts the machine too',
      limitSeconds: 300,
      onFailure: { do: 'roll-back' },
      effects: [],
      serving: 'new',
    }),
    ...ending(options),
  ];
}

function health({ healthSeconds }: StepOptions): Step {
  return {
    id: 'health',
    title: 'wait until it is healthy',
    checks: 'healthy 3 times in a row; one that says why it has no model stays; gives up at once when the unit failed or restarted',
    limitSeconds: healthSeconds,
    onFailure: { do: 'roll-back' },
    effects: [],
    serving: 'none',
  };
}

function gpuHealth(options: StepOptions): Step {
  return {
    ...health(options),
    checks: 'healthy 3 times in a row; with a driver, the GPU is visible and has memory free; contracts wait in the queue',
  };
}
