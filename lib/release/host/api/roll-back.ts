/** The way back from a release of the API, before and after the switch. */
import { quoted, text } from '../../../host/bash/bash-template.ts';
import { drainSeconds } from '../../../host/slots/drain.ts';
import { stepSeconds } from '../../plan/limits.ts';
import { type HostScript, hostScript, type RollBackOptions } from '../script.ts';

/**
 * Before the switch the idle slot is stopped: outcome `kept`. After it nginx goes back to the
 * release that served before, which still runs, or is started first: outcome `rolled-back` with its
 * digest. The slot that is left still has requests; `drain` ends it. Fails, changing nothing, when
 * there is no release to return to or that one is not healthy.
 */
export function rollBackScript({ digest, reason, healthSeconds }: RollBackOptions): HostScript {
  return hostScript({
    step: 'roll-back',
    component: 'api',
    digest,
    seconds: drainSeconds + healthSeconds + stepSeconds['switch-nginx'],
    body: text`
      reason=${quoted(reason)}
      slot=$(idle_slot)
      if [ "$(serving_release || true)" != "$release" ]; then
        mark_bad "$release" "$reason"
        # One that served has requests to end.
        if [ "$(release_of "$slot")" = "$release" ]; then
          if [ -f "$release/.healthy" ]; then stop_slot "$slot"; else abandon_slot "$slot"; fi
        fi
        report kept ${digest}
        exit 0
      fi
      if ! back=$(way_back); then
        echo "there is no earlier release to roll back to"
        exit 1
      fi
      # One that still runs keeps the settings that it served with.
      restarts=$(unit_restarts "$(unit_of "$slot")")
      if [ "$(release_of "$slot")" != "$back" ] || ! unit_runs "$(unit_of "$slot")" || [ -n "$(unit_fault "$(unit_of "$slot")" "$restarts")" ]; then
        put_in "$slot" "$back"
        start_slot "$slot"
        restarts=0
      fi
      if ! fault=$(wait_healthy "$slot" ${healthSeconds} "$restarts"); then
        echo "the earlier release is not healthy either: $fault"
        log_of "$(unit_of "$slot")"
        exit 1
      fi
      serve "$slot" || exit 1
      touch "$back/.healthy"
      mark_bad "$release" "$reason"
      report rolled-back "$(basename "$back")" "$slot"
    `,
  });
}
