/**
 * Logs that never fill the disk. nginx's and MySQL's are rotated by what their packages bring
 * along, which is daily and of any size: a maximum and a check each hour are added to that.
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

/**
 * logrotate reads its folder in the order of the names, and what stands outside of braces holds for
 * all files after it too (logrotate(8)). The files of the packages stay as they are: a changed one
 * would be asked about at each upgrade. nginx keeps 14 logs: of 50 MB and what an hour adds.
 * @param rotated files that hold what packages say of their own logs; after `dojang` by name
 */
export function logRotation(rotated: readonly string[]): HostStep {
  return filesStep({
    id: 'log-rotation',
    title: 'Logs are rotated, each hour when they have 50 MB',
    files: [
      {
        path: '/etc/logrotate.d/dojang',
        content: text`
          maxsize 50M

          ${runPaths.log} {
              monthly
              rotate 6
              compress
              missingok
              notifempty
          }
        `,
      },
      {
        path: '/etc/systemd/system/logrotate.timer.d/dojang.conf',
        content: text`
          [Timer]
          OnCalendar=
          OnCalendar=hourly
          AccuracySec=1min
          RandomizedDelaySec=0
        `,
      },
    ],
    check: lines(
      ...rotated.map((name) => `[ -s /etc/logrotate.d/${name} ] || echo "/etc/logrotate.d/${name} of the package is missing"`),
      'unit_differs logrotate.timer',
    ),
    apply: 'start_unit logrotate.timer\nsystemctl restart logrotate.timer',
  });
}
