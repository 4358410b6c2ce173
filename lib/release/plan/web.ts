/** The steps of a release of the web: a folder of files that nginx reads through a link. */
import { beginning, ending, unpack } from './common.ts';
import { stepSeconds, testSeconds } from './limits.ts';
import type { StepOptions } from './plan.ts';
import type { Step } from './step.ts';

export function webSteps(options: StepOptions): readonly Step[] {
  return [
    ...beginning('free disk; whether the page answers is shown'),
    unpack('web'),
    {
      id: 'nginx-test',
      title: 'test the configuration of nginx',
      checks: 'nginx -t',
      limitSeconds: stepSeconds['nginx-test'],
      onFailure: { do: 'stop' },
      effects: [],
      serving: 'old',
    },
    {
      id: 'switch',
      title: 'switch the link to the new release',
      checks: 'one rename; assets of the release before stay reachable for open tabs',
      limitSeconds: stepSeconds['switch-link'],
      onFailure: { do: 'stop' },
      effects: ['send-new'],
      compensation: { title: 'switch the link back to the release before', effects: ['send-old'] },
      serving: 'old',
    },
    {
      id: 'test',
      title: 'open the page',
      checks: 'main page, sign-in and checklist load; no critical console error',
      limitSeconds: testSeconds.web,
      onFailure: { do: 'retry', times: 2, pauseSeconds: 1, afterwards: 'roll-back' },
      effects: [],
      serving: 'new',
    },
    ...ending(options),
  ];
}
