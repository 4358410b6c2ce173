/** nginx sends to the slot with the new release. From here on it serves. */
import { text } from '../../../host/bash/bash-template.ts';
import { stepSeconds } from '../../plan/limits.ts';
import { type HostReleaseOptions, type HostScript, hostScript } from '../script.ts';

/**
 * Outcome `switched`. Fails, with nginx as it was, when the idle slot does not run this release or
 * nginx refuses its configuration. When its unit has failed, or was restarted since it was healthy,
 * the outcome is `unhealthy`.
 */
export function switchScript({ digest }: Pick<HostReleaseOptions, 'digest'>): HostScript {
  return hostScript({
    step: 'switch',
    component: 'api',
    digest,
    seconds: stepSeconds['switch-nginx'],
    body: text`
      if ! serving=$(serving_slot) || ! slot_active "$serving" "$release"; then
        slot=$(idle_slot)
        if [ "$(release_of "$slot")" = "$release" ]; then
          fault=$(unit_fault "$(unit_of "$slot")")
          if [ -n "$fault" ]; then
            log_of "$(unit_of "$slot")"
            report unhealthy ${digest} "$fault"
            exit 1
          fi
        fi
        if ! slot_active "$slot" "$release"; then
          echo "slot $slot does not run the release: it is started before the switch"
          exit 1
        fi
        serve "$slot" || exit 1
      fi
      touch "$release/.healthy"
      report switched ${digest} "$(serving_slot)"
    `,
  });
}
