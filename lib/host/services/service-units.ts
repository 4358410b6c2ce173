/** The applications as systemd units, each shut in as far as it can work. */
import type { Environment } from '../../config/environment.ts';
import { text } from '../bash/bash-template.ts';
import { filesStep } from '../bash/files.ts';
import type { HostHandler, HostStep } from '../bash/step.ts';
import type { HostFacts } from '../facts.ts';
import { paths, ports, units } from '../paths.ts';
import { noMetadata } from '../system/metadata-address.ts';
import { aiMemoryOf } from './ai-memory.ts';
import { readinessFunctions } from './readiness.ts';
import { fileSystemSandbox, processSandbox } from './sandbox.ts';

/** What differs between the units of the applications. */
interface Service {
  readonly app: 'api' | 'ai';
  readonly describes: string;
  /** The file without which there is no release to start. */
  readonly release: string;
  readonly command: string;
  /** Variables of the application. */
  readonly settings: string;
  /** Lines of the unit that only this service has. */
  readonly unit: string;
  /** @default 30, as `TimeoutStopSec` */
  readonly stopSeconds?: number;
  readonly service: string;
  /** What starts it at boot; none where another unit does. */
  readonly install: string;
}

export function aiUnit(environment: Environment, facts: HostFacts): HostStep {
  return unitStep({
    app: 'ai',
    describes: `AI server, on 127.0.0.1:${ports.ai}`,
    release: `${paths.releases}/ai/current/venv/bin/python`,
    command: `${paths.releases}/ai/current/venv/bin/python -m dojang_ai`,
    settings: `${paths.settings}/ai.env`,
    unit: `After=network-online.target\nRequiresMountsFor=${paths.data}`,
    service: [
      // Its event loop beats three times in this period; one that is stuck is ended by SIGABRT,
      // which writes down where, and started anew.
      'WatchdogSec=20',
      'LimitCORE=0',
      // What all of them may take fits (ai-memory.ts). Should it not be there, the kernel ends a
      // worker or a program (oom_score_adj), and the server and the others go on.
      'OOMPolicy=continue',
      `MemoryMax=${aiMemoryOf(environment).unit}M`,
      'MemoryDenyWriteExecute=yes',
      `ReadWritePaths=-${paths.data}/ai`,
      // OCR and PDF tools run beside it, and their libraries ask the processor's features of
      // /proc/cpuinfo.
      facts.embedded ? 'PrivateDevices=yes' : gpuDevices,
      ...(asksOnlyThisMachine(environment) ? ['IPAddressDeny=any', 'IPAddressAllow=localhost'] : []),
    ].join('\n'),
    install: '\n[Install]\nWantedBy=multi-user.target',
  });
}

/** Health reports how much memory of the GPU is used. */
const gpuDevices = text`
  DevicePolicy=closed
  DeviceAllow=/dev/nvidiactl rw
  DeviceAllow=/dev/nvidia-uvm rw
  DeviceAllow=char-nvidia-frontend rw
  DeviceAllow=char-nvidia rw
`;

function asksOnlyThisMachine({ ai }: Environment): boolean {
  return ai.endpoint === undefined || ['127.0.0.1', 'localhost'].includes(new URL(ai.endpoint).hostname);
}

export const restartAi: HostHandler = {
  id: 'ai-restart',
  title: `Restart ${units.ai} after its settings changed`,
  run: text`
    ${readinessFunctions('ai')}
    adapt_readiness
    restart_if_older ai-restart ${units.ai}
  `,
  limitSeconds: 90,
};

/** Enabled at once; started as soon as a release is there, which the recipe does not bring. */
function unitStep(service: Service): HostStep {
  const { app, describes, release } = service;
  return filesStep({
    id: `${app}-unit`,
    title: `${describes.replace(/,.*/, '')} as ${units[app]}`,
    files: [{ path: `/etc/systemd/system/${units[app]}`, content: unitFile(service) }],
    definitions: readinessFunctions(app),
    check: text`
      readiness_differs
      if [ -e ${release} ]; then
        unit_differs ${units[app]}
      else
        systemctl is-enabled -q ${units[app]} 2>/dev/null || echo "${units[app]} is not enabled"
      fi
    `,
    // A start that waits for readiness, which an older release never reports, is stopped first.
    apply: text`
      adapt_readiness
      [ "$(systemctl is-active ${units[app]})" != activating ] || systemctl stop ${units[app]}
      start_unit ${units[app]}
    `,
    notifies: [`${app}-restart`],
    limitSeconds: 120,
  });
}

/**
 * No limit of starts: what a service needs, MySQL or the volume, comes back without an operator.
 * The delay stays the same, for systemd counts restarts since the last start by hand, and a service
 * that failed four times in a year would wait longest.
 */
export function unitFile({ app, describes, release, command, settings, unit, stopSeconds = 30, service, install }: Service): string {
  const user = `dojang-${app}`;
  return text`
    [Unit]
    Description=Dojang ${describes}
    Wants=network-online.target
    ${unit}
    ConditionPathExists=${release}
    StartLimitIntervalSec=0

    [Service]
    Type=notify
    ExecStart=${command}
    EnvironmentFile=${settings}
    User=${user}
    Group=${user}
    StateDirectory=${user}
    StateDirectoryMode=0750
    WorkingDirectory=/var/lib/${user}
    Restart=always
    RestartSec=2
    TimeoutStopSec=${stopSeconds}
    LimitNOFILE=65536
    TasksMax=512
    ${service}
    ${sandbox}
    ${install}
  `;
}

const sandbox = text`
  ${noMetadata}
  ${processSandbox}
  ${fileSystemSandbox}
  UMask=0077
  CapabilityBoundingSet=
  AmbientCapabilities=
  RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6
  RemoveIPC=yes
  SystemCallFilter=@system-service
  SystemCallFilter=~@privileged @resources
`;
