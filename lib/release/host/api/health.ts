/** The release that was started, until it is healthy. */
import { text } from '../../../host/bash/bash-template.ts';
import { healthStepSeconds } from '../../plan/limits.ts';
import { type HostReleaseOptions, type HostScript, hostScript } from '../script.ts';

/**
 * Outcome `healthy` with the slot as note. A release in the idle slot that is not healthy is
 * stopped and marked as bad, the outcome is `unhealthy`, and the script fails; what serves has not
 * been touched.
 */
export function healthScript({ digest, healthSeconds }: Pick<HostReleaseOptions, 'digest' | 'healthSeconds'>): HostScript {
  return hostScript({
    step: 'health',
    component: 'api',
    digest,
    seconds: healthStepSeconds('api', healthSeconds),
    body: text`
      slot=$(idle_slot)
      idle=yes
      restarts=0
      if serving=$(serving_slot) && slot_active "$serving" "$release"; then
        slot=$serving
        idle=
        restarts=$(unit_restarts "$(unit_of "$slot")")
      fi
      if [ "$(release_of "$slot")" != "$release" ]; then
        echo "slot $slot does not hold the release: it is started before its health is asked for"
        exit 1
      fi
      if ! fault=$(wait_healthy "$slot" ${healthSeconds} "$restarts"); then
        echo "$fault"
        log_of "$(unit_of "$slot")"
        if [ -n "$idle" ]; then
          # With other settings the same release may serve.
          if [ "$(serving_release || true)" != "$release" ]; then mark_bad "$release" "$fault"; fi
          abandon_slot "$slot"
        fi
        report unhealthy ${digest} "$fault"
        exit 1
      fi
      rm -f "$release/.bad"
      report healthy ${digest} "$slot"
    `,
  });
}
