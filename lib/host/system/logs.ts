/**
 * Logs that never fill the disk. nginx's and MySQL's are rotated by what their packages bring
 * along.
 */
import { text } from '../bash/bash-template.ts';
import { filesStep, lines } from '../bash/files.ts';
import { runPaths } from '../bash/runner.ts';
import type { HostHandler, HostStep } from '../bash/step.ts';

export const restartJournal: HostHandler = {
  id: 'journal-restart',
  title: 'Restart the journal with its new limits',
  run: 'systemctl restart systemd-journald.service',
  limitSeconds: 60,
};

export function journal(): HostStep {
  return filesStep({
    id: 'journal',
    title: 'Journal of at most 500 MB and a month',
    files: [
      {
        path: '/etc/systemd/journald.conf.d/dojang.conf',
        content: text`
          [Journal]
          Storage=persistent
          SystemMaxUse=500M
          MaxRetentionSec=1month
        `,
      },
    ],
    notifies: [restartJournal.id],
  });
}

/** @param rotated files that hold what packages say of their own logs */
export function logRotation(rotated: readonly string[]): HostStep {
  return filesStep({
    id: 'log-rotation',
    title: 'Logs are rotated',
    files: [
      {
        path: '/etc/logrotate.d/dojang',
        content: text`
          ${runPaths.log} {
              monthly
              rotate 6
              compress
              missingok
              notifempty
          }
        `,
      },
    ],
    check: lines(
      ...rotated.map((name) => `[ -s /etc/logrotate.d/${name} ] || echo "/etc/logrotate.d/${name} of the package is missing"`),
      'unit_differs logrotate.timer',
    ),
    apply: 'start_unit logrotate.timer',
  });
}
