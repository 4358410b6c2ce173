/**
 * The API as a template unit with two slots. The one that serves runs; the other is started by a
 * release, and by nothing else.
 */
import type { Environment } from '../../config/environment.ts';
import { text } from '../bash/bash-template.ts';
import { filesStep } from '../bash/files.ts';
import type { HostHandler, HostStep } from '../bash/step.ts';
import { paths, units } from '../paths.ts';
import { drainSeconds } from '../slots/drain.ts';
import { upstreamFile, upstreamText } from '../slots/nginx-upstream.ts';
import { renewFunctions, renewSeconds } from '../slots/renew.ts';
import { apiHome, earlierUnitFile, servingFile, shareFile, slotState } from '../slots/state.ts';
import { unitFile } from './service-units.ts';

const bootUnit = 'dojang-api-boot.service';
const bootTool = `${paths.tools}/api-boot`;
const slotFolder = `${apiHome}/slots/%i`;

export function apiUnit({ api }: Environment): HostStep {
  const limit = renewSeconds(api.healthSeconds);
  return filesStep({
    id: 'api-unit',
    title: `API as ${units.api}, in two slots`,
    files: [
      { path: `/etc/systemd/system/${units.api}`, content: template(api.healthSeconds) },
      { path: bootTool, content: bootScript, mode: '755' },
      { path: `/etc/systemd/system/${bootUnit}`, content: boot },
    ],
    definitions: renewFunctions(api.healthSeconds),
    check: text`
      local slot
      systemctl is-enabled -q ${bootUnit} 2>/dev/null || echo "${bootUnit} is not enabled"
      [ ! -e ${earlierUnitFile} ] || echo "${earlierUnitFile} is there, from before the API had slots"
      if slot=$(serving_slot) && [ ! -e ${earlierUnitFile} ]; then
        readiness_differs
        [ "$(systemctl show -P NeedDaemonReload "$(unit_of "$slot")")" != yes ] || echo "$(unit_of "$slot") is not as its file says: daemon-reload is missing"
        systemctl is-active -q "$(unit_of "$slot")" || echo "$(unit_of "$slot"), which serves, is $(systemctl is-active "$(unit_of "$slot")"), not active"
      fi
    `,
    // The unit of before has the port of slot a: it serves until slot b does.
    apply: text`
      local slot
      systemctl daemon-reload
      systemctl enable -q ${bootUnit}
      if ! slot=$(serving_slot); then
        if [ -e ${earlierUnitFile} ]; then stop_slot a; fi
      elif [ -e ${earlierUnitFile} ] && [ "$slot" = a ]; then
        renew
      else
        if [ -e ${earlierUnitFile} ]; then stop_slot a; fi
        adapt_readiness
        [ -e "${paths.settings}/api-$slot.env" ] || write_settings "$slot"
        [ "$(systemctl is-active "$(unit_of "$slot")")" != activating ] || systemctl stop "$(unit_of "$slot")"
        systemctl reset-failed "$(unit_of "$slot")" 2>/dev/null || true
        systemctl start "$(unit_of "$slot")"
      fi
    `,
    notifies: [renewApiId],
    limitSeconds: limit,
  });
}

const renewApiId = 'api-restart';

/**
 * A restart in place would close the port: the release starts again in the other slot, with the
 * settings of now, and nginx switches when it is healthy.
 */
export function renewApi({ api }: Environment): HostHandler {
  return {
    id: renewApiId,
    title: 'Start the API beside itself with its new settings, and switch when it is healthy',
    run: text`
      ${renewFunctions(api.healthSeconds)}
      local slot started
      systemctl daemon-reload
      slot=$(serving_slot) || return 0
      systemctl is-active -q "$(unit_of "$slot")" || return 0
      started=$(date -d "$(systemctl show --timestamp=us -P InactiveExitTimestamp "$(unit_of "$slot")")" +%s%N)
      if settings_differ "$slot" || [ "$started" -le "$(date -r "$state_folder/pending/${renewApiId}" +%s%N)" ]; then renew; fi
    `,
    limitSeconds: renewSeconds(api.healthSeconds),
  };
}

/**
 * Both slots at once take 50 % of the memory at most, and MySQL with a buffer pool of 1 GiB 1.5
 * GiB: 5.6 of the 7.8 GiB of an m7g.large. It sends signs of life three times in WatchdogSec,
 * through systemd-notify, which is a process of its own. One that is stuck is killed and not
 * aborted, and leaves no image of its memory, which holds secrets. A process that reads a contract
 * may lack memory; the service goes on. The service alone is asked to end: it reads bodies in
 * processes until the last one has arrived, and ends them itself. Node compiles while it runs, so
 * its memory must be writable and executable.
 */
function template(healthSeconds: number): string {
  return unitFile({
    app: 'api',
    describes: 'API, slot %i',
    release: `${slotFolder}/server.js`,
    command: `${slotFolder}/bin/node ${slotFolder}/server.js`,
    settings: `${paths.settings}/api-%i.env`,
    unit: 'Wants=mysql.service\nAfter=network-online.target mysql.service',
    stopSeconds: drainSeconds,
    service: text`
      Environment=SLOT=%i SERVING_FILE=${servingFile} SHARE_FILE=${shareFile}
      NotifyAccess=all
      KillMode=mixed
      TimeoutStartSec=${healthSeconds + 30}
      WatchdogSec=30
      WatchdogSignal=SIGKILL
      OOMPolicy=continue
      LimitCORE=0
      MemoryHigh=20%
      MemoryMax=25%
      ProcSubset=pid
      PrivateDevices=yes
    `,
    install: '',
  });
}

/** Before nginx, so that its first configuration names the slot that starts. */
const boot = text`
  [Unit]
  Description=Starts the slot of the API that serves
  Before=nginx.service

  [Service]
  Type=oneshot
  ExecStart=${bootTool}

  [Install]
  WantedBy=multi-user.target
`;

/**
 * One file says which slot serves, and all else follows from it: a host that lost power between the
 * two steps of a switch comes back with nginx and the slot agreeing.
 */
const bootScript = text`
  #!/bin/bash
  # Starts the slot of the API that serves. Written by dojang provision.
  set -u
  ${slotState}
  ${upstreamText}
  slot=$(serving_slot) || exit 0
  if ! upstream_text "$slot" | cmp -s - ${upstreamFile}; then
    upstream_text "$slot" >${upstreamFile}.new && sync ${upstreamFile}.new && mv -fT ${upstreamFile}.new ${upstreamFile}
  fi
  exec systemctl start --no-block "$(unit_of "$slot")"
`;
