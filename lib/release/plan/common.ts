/** Steps that all components have. */
import { hookSeconds } from '../../hooks/hooks.ts';
import type { App } from '../artifact.ts';
import { stepSeconds } from './limits.ts';
import type { StepOptions } from './plan.ts';
import type { Step } from './step.ts';

const stop = { do: 'stop' } as const;

/** Until the new release is about to be changed on the host. `checks` is what `before` looks at. */
export function beginning(checks: string): readonly Step[] {
  return [
    {
      id: 'before',
      title: 'look at what serves',
      checks,
      limitSeconds: stepSeconds.before,
      onFailure: stop,
      effects: [],
      serving: 'old',
    },
    { id: 'build', title: 'build off the server', checks: 'the build ends without an error', onFailure: stop, effects: [], serving: 'old' },
    {
      id: 'upload',
      title: 'upload to the artifact bucket',
      checks: 'the bucket holds this content under its digest',
      onFailure: stop,
      effects: [],
      serving: 'old',
    },
    {
      id: 'pre-hook',
      title: "run the project's hook",
      checks: 'hooks/pre-deploy or hooks/pre-rollback, where there is one, ends with exit code 0',
      limitSeconds: hookSeconds,
      onFailure: stop,
      effects: [],
      serving: 'old',
    },
    {
      id: 'announce',
      title: 'announce the release',
      checks: 'nothing: a failure is a warning',
      limitSeconds: 10,
      onFailure: { do: 'continue' },
      effects: [],
      compensation: { title: 'announce that it did not take place', effects: [] },
      serving: 'old',
    },
  ];
}

const unpacked: Readonly<Record<App, string>> = {
  web: 'checksum',
  api: 'checksum; the settings that the release declares are on the host',
  ai: 'checksum; its packages install into an environment of its own',
};

export function unpack(app: App): Step {
  return {
    id: 'unpack',
    title: 'unpack into a folder of its own',
    checks: unpacked[app],
    limitSeconds: stepSeconds.unpack,
    onFailure: stop,
    effects: [],
    serving: 'old',
  };
}

export function ending({ watchSeconds }: StepOptions, between: readonly Step[] = []): readonly Step[] {
  return [
    {
      id: 'watch',
      title: 'watch it serve',
      checks: 'errors, p95 against before, health; none of the triggers; one that is suspected at the end is watched for as long again',
      limitSeconds: watchSeconds,
      onFailure: { do: 'roll-back' },
      effects: [],
      serving: 'new',
    },
    ...between,
    {
      id: 'record',
      title: 'record the release',
      checks: 'the record is in the artifact bucket',
      limitSeconds: 60,
      onFailure: { do: 'retry', times: 3, pauseSeconds: 5, afterwards: 'stop' },
      effects: [],
      serving: 'new',
    },
    {
      id: 'prune',
      title: 'remove old releases from the host',
      checks: 'the last 5 stay',
      limitSeconds: stepSeconds.prune,
      onFailure: stop,
      effects: [],
      serving: 'new',
    },
    {
      id: 'announce-end',
      title: 'announce that it serves',
      checks: 'nothing: a failure is a warning',
      limitSeconds: 10,
      onFailure: { do: 'continue' },
      effects: [],
      serving: 'new',
    },
    {
      id: 'post-hook',
      title: "run the project's hook",
      checks: 'hooks/post-deploy or hooks/post-rollback, where there is one; a failure is a warning',
      limitSeconds: hookSeconds,
      onFailure: { do: 'continue' },
      effects: [],
      serving: 'new',
    },
  ];
}

/** What a server of one process does: there is a gap between its old and its new release. */
export function restartInPlace(unit: string): Step {
  return {
    id: 'restart',
    title: `restart ${unit} with the new release`,
    checks: 'nothing by itself: its health decides',
    limitSeconds: stepSeconds.restart,
    onFailure: { do: 'roll-back' },
    effects: ['stop-old', 'send-new', 'start-new'],
    compensation: {
      title: 'switch back to the last release that was healthy, and restart the unit',
      effects: ['stop-new', 'send-old', 'start-old'],
    },
    serving: 'none',
  };
}
