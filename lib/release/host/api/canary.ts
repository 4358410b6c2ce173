/** A share of the sessions for the new release, while the one before it serves the others. */
import { text } from '../../../host/bash/bash-template.ts';
import { stepSeconds } from '../../plan/limits.ts';
import type { CanaryShare } from '../../plan/step.ts';
import { type HostReleaseOptions, type HostScript, hostScript } from '../script.ts';

/**
 * Outcome `shared`; `serving` when the release serves already. Fails, with nginx as it was, when
 * the idle slot does not run this release or nginx refuses its configuration. The next step of the
 * same release goes on from here. Any other script of a release takes the share back first, and
 * lets the slot end the requests that it has: so a run that was killed leaves no share behind.
 */
export function canaryScript({ digest, percent }: Pick<HostReleaseOptions, 'digest'> & { readonly percent: CanaryShare }): HostScript {
  return hostScript({
    step: `canary-${percent}`,
    component: 'api',
    digest,
    seconds: stepSeconds['switch-nginx'],
    body: text`
      if ! serving=$(serving_slot); then
        echo "no release serves yet: there is nothing to share with"
        exit 1
      fi
      if slot_active "$serving" "$release"; then
        report serving ${digest} "$serving"
        exit 0
      fi
      slot=$(idle_slot)
      if ! slot_active "$slot" "$release"; then
        echo "slot $slot does not run the release: it is started before it gets a share"
        exit 1
      fi
      serve_share "$slot" ${percent} || exit 1
      report shared ${digest} "${percent} % of the sessions"
    `,
  });
}
