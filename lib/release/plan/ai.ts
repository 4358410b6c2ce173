/** The steps of a release of the AI server: one GPU holds one model, so it restarts in place. */
import { beginning, ending, given, restartInPlace, scriptSeconds, unpack } from './common.ts';
import type { StepOptions } from './plan.ts';
import type { Step } from './step.ts';

export function aiSteps(options: StepOptions): readonly Step[] {
  const { can } = options;
  return [
    ...beginning(options, 'health, free disk, memory of the GPU'),
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
    can('gpu-health') ? gpuHealth(options) : health,
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

const health: Step = {
  id: 'health',
  title: 'wait until it is healthy',
  checks: 'healthy once, of 60 tries; a server that says why it has no model stays',
  limitSeconds: 365,
  onFailure: { do: 'roll-back' },
  effects: [],
  serving: 'none',
};

function gpuHealth({ healthSeconds }: StepOptions): Step {
  return {
    ...health,
    checks: 'healthy 3 times in a row: device visible, memory free, model loaded, one inference; contracts wait in the queue',
    limitSeconds: healthSeconds,
  };
}
