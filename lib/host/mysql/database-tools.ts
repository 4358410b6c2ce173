/** The tools of the database on its host, and the timers that run them. */
import type { Environment } from '../../config/environment.ts';
import { text } from '../bash/bash-template.ts';
import { filesStep } from '../bash/files.ts';
import type { HostStep } from '../bash/step.ts';
import type { HostFacts } from '../facts.ts';
import { paths } from '../paths.ts';
import { toolFiles } from './tools/programs.ts';
import { databaseTools } from './tools/settings.ts';

export const dumpUnit = 'dojang-dump';
export const binlogUnit = 'dojang-binlog';

/** Binary logs are shipped once at once, which shows that the bucket can be used. */
export function databaseToolsStep(environment: Environment, facts: Pick<HostFacts, 'artifactBucket'>): HostStep {
  const tools = databaseTools(environment, facts);
  const units = [
    {
      name: `${dumpUnit}.service`,
      content: service('A dump of the database, compared and stored', `${paths.tools}/dump nightly`, 3 * 3600),
    },
    { name: `${dumpUnit}.timer`, content: timer('A dump of the database every night', nightly) },
    { name: `${binlogUnit}.service`, content: service('Binary logs of MySQL, to the bucket', `${paths.tools}/binlog`, 280) },
    { name: `${binlogUnit}.timer`, content: timer('Binary logs of MySQL, to the bucket every few minutes', oftenEnough) },
  ];
  return filesStep({
    id: 'database-tools',
    title: 'Dumps of the database every night, binary logs every few minutes',
    files: [
      ...toolFiles(tools).map(({ name, content, program }) => ({ path: `${paths.tools}/${name}`, content, mode: program ? '755' : '644' })),
      ...units.map(({ name, content }) => ({ path: `/etc/systemd/system/${name}`, content })),
    ],
    check: text`
      directory_differs ${tools.spool} 700 root:root
      unit_differs ${dumpUnit}.timer
      unit_differs ${binlogUnit}.timer
      ! systemctl is-failed -q ${binlogUnit}.service || echo "the last shipping of binary logs failed: journalctl -u ${binlogUnit}.service"
    `,
    apply: text`
      make_directory ${tools.spool} 700 root:root
      start_unit ${dumpUnit}.timer
      start_unit ${binlogUnit}.timer
      systemctl start ${binlogUnit}.service || { journalctl -u ${binlogUnit}.service -n 5 -o cat --no-pager; return 1; }
    `,
    limitSeconds: 300,
  });
}

/**
 * Root reads the files of MySQL, and signs in by the socket; it writes to its own folders alone.
 */
function service(description: string, command: string, seconds: number): string {
  return text`
    [Unit]
    Description=${description}
    Wants=network-online.target
    After=network-online.target mysql.service

    [Service]
    Type=oneshot
    ExecStart=${command}
    TimeoutStartSec=${seconds}
    Nice=10
    StateDirectory=dojang/database
    StateDirectoryMode=0700
    ReadWritePaths=${paths.data}/dumps
    NoNewPrivileges=yes
    CapabilityBoundingSet=CAP_DAC_READ_SEARCH
    ProtectSystem=strict
    ProtectHome=read-only
    PrivateTmp=yes
    PrivateDevices=yes
    RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6
  `;
}

/** 2 o'clock in Seoul: before the snapshot of the volume at 3 and the reboot window at 4. */
const nightly = text`
  OnCalendar=*-*-* 17:00:00 UTC
  RandomizedDelaySec=1800
  Persistent=yes
`;

/** With the time that shipping takes, no write waits for more than five minutes. */
const oftenEnough = text`
  OnCalendar=*:0/4
  AccuracySec=5s
`;

function timer(description: string, when: string): string {
  return text`
    [Unit]
    Description=${description}

    [Timer]
    ${when}

    [Install]
    WantedBy=timers.target
  `;
}
