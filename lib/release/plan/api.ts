/** The steps of a release of the API: two slots behind nginx. */
import { beginning, ending, unpack } from './common.ts';
import { healthStepSeconds, stepSeconds, testSeconds } from './limits.ts';
import type { StepOptions } from './plan.ts';
import { type CanaryShare, canaryShares, type Step } from './step.ts';

export function apiSteps(options: StepOptions): readonly Step[] {
  return [
    ...beginning('free disk; health of what serves is shown'),
    {
      id: 'dump',
      title: 'dump the database',
      checks: 'restored into a scratch database: tables, rows and checksums are the same',
      limitSeconds: stepSeconds.dump,
      onFailure: { do: 'stop' },
      effects: [],
      serving: 'old',
    },
    unpack('api'),
    {
      id: 'migrate',
      title: 'run the migrations',
      checks: 'each ends without an error; what they add stays after a rollback',
      limitSeconds: stepSeconds.migrate,
      onFailure: { do: 'stop' },
      effects: [],
      serving: 'old',
    },
    ...sideBySide(options),
    ...ending(options, [drain]),
  ];
}

/** The old release serves until nginx sends to the new one. */
function sideBySide({ healthSeconds, watchSeconds, canary }: StepOptions): readonly Step[] {
  return [
    {
      id: 'start',
      title: 'start the new release in the idle slot',
      checks: 'its unit begins; a slot that still drains is waited for',
      limitSeconds: stepSeconds.start,
      onFailure: { do: 'roll-back' },
      effects: ['start-new'],
      compensation: { title: 'stop the idle slot and mark the release bad', effects: ['stop-new'] },
      serving: 'old',
    },
    {
      id: 'health',
      title: 'wait until it is healthy',
      checks: 'readiness 3 times in a row on the idle port; gives up at once when the unit failed or restarted',
      limitSeconds: healthStepSeconds('api', healthSeconds),
      onFailure: { do: 'roll-back' },
      effects: [],
      serving: 'old',
    },
    {
      id: 'test',
      title: 'test its functions',
      checks: 'sign in, query a checklist, upload a document on the idle port; a mean of 3 within 10 s',
      limitSeconds: testSeconds.api,
      onFailure: { do: 'roll-back' },
      effects: [],
      serving: 'old',
    },
    ...(canary ? canaryShares.map((share) => canaryStep(share, watchSeconds)) : []),
    {
      id: 'switch',
      title: 'send nginx to the new release',
      checks: 'nginx -t; its old workers finish their requests',
      limitSeconds: stepSeconds['switch-nginx'],
      onFailure: { do: 'roll-back' },
      effects: ['send-new'],
      compensation: { title: 'send nginx back to the old release', effects: ['send-old'] },
      serving: 'old',
    },
  ];
}

/** A session stays on its side by its cookie; with the next share those of this one stay too. */
function canaryStep(share: CanaryShare, watchSeconds: number): Step {
  return {
    id: `canary-${share}`,
    title: `send ${share} % of the sessions to the new release, and watch it`,
    checks: 'errors, p95 against before, health of the new release alone; none of the triggers',
    limitSeconds: stepSeconds['switch-nginx'] + watchSeconds,
    onFailure: { do: 'roll-back' },
    effects: ['share-new'],
    compensation: { title: 'send all sessions to the old release', effects: ['send-old'] },
    serving: 'old',
  };
}

const drain: Step = {
  id: 'drain',
  title: 'stop the old release once its requests have ended',
  checks: 'requests and event streams in flight end within 310 s',
  limitSeconds: stepSeconds.drain,
  onFailure: { do: 'stop' },
  effects: ['stop-old'],
  compensation: { title: 'start the old release again and wait until it is healthy', effects: ['start-old'] },
  serving: 'new',
};
