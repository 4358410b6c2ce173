/** The new release begins in the idle slot, beside the one that serves. */
import { text } from '../../../host/bash/bash-template.ts';
import { stepSeconds } from '../../plan/limits.ts';
import { type HostReleaseOptions, type HostScript, hostScript } from '../script.ts';

/**
 * Outcome `started` with the slot as note, `serving` when it serves already. It does not wait:
 * `health` does. A slot that still drains is waited for.
 */
export function startScript({ digest }: Pick<HostReleaseOptions, 'digest'>): HostScript {
  return hostScript({
    step: 'start',
    component: 'api',
    digest,
    seconds: stepSeconds.start,
    body: text`
      if serving=$(serving_slot) && slot_active "$serving" "$release"; then
        report serving ${digest} "$serving"
        exit 0
      fi
      slot=$(idle_slot)
      # One that a run left when it was ended goes on.
      if ! slot_runs "$slot" "$release" || [ -n "$(unit_fault "$(unit_of "$slot")")" ]; then
        if [ "$(release_of "$slot")" != "$release" ]; then
          stop_slot "$slot"
          put_in "$slot" "$release"
        fi
        start_slot "$slot"
      fi
      report started ${digest} "$slot"
    `,
  });
}
