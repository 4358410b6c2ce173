/** nginx sends to the slot with the new release. From here on it serves. */
import { text } from '../../../host/bash/bash-template.ts';
import { stepSeconds } from '../../plan/limits.ts';
import { type HostReleaseOptions, type HostScript, hostScript } from '../script.ts';

/**
 * Outcome `switched`. Fails, with nginx as it was, when the idle slot does not run this release or
 * nginx refuses its configuration.
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
