/** Who hears of a restore: the hooks of the project, and the notifier. A rehearsal has none. */
import { hookSeconds } from '../../hooks/hooks.ts';
import type { RestoreStep } from './restore-step.ts';

const warn = { do: 'continue' } as const;

/** Before anything is changed. */
export const beginNotices: readonly RestoreStep[] = [
  {
    id: 'pre-hook',
    title: "run the project's hook",
    checks: 'hooks/pre-restore, where there is one, ends with exit code 0',
    limitSeconds: hookSeconds,
    onFailure: { do: 'stop' },
    where: 'operator',
    serving: 'service',
  },
  {
    id: 'announce',
    title: 'announce the restore',
    checks: 'nothing: a failure is a warning',
    limitSeconds: 10,
    onFailure: warn,
    compensation: { title: 'announce that it failed' },
    where: 'operator',
    serving: 'service',
  },
];

/** Once the service has what was restored. */
export const endNotices: readonly RestoreStep[] = [
  {
    id: 'announce-end',
    title: 'announce that it is done',
    checks: 'nothing: a failure is a warning',
    limitSeconds: 10,
    onFailure: warn,
    where: 'operator',
    serving: 'service',
  },
  {
    id: 'post-hook',
    title: "run the project's hook",
    checks: 'hooks/post-restore, where there is one; a failure is a warning',
    limitSeconds: hookSeconds,
    onFailure: warn,
    where: 'operator',
    serving: 'service',
  },
];
