/** The idle slot with the new release, until it is healthy. */
import { text } from '../../host/bash/bash-template.ts';
import { drainSeconds } from '../../host/slots/drain.ts';
import { type HostScript, hostScript, releaseFolder } from './script.ts';

export interface StartOptions {
  readonly digest: string;
  /** Seconds in which it must be healthy; a setting of the component. */
  readonly healthSeconds: number;
}

/**
 * Outcome `healthy` with the slot as note, `serving` when it serves already. A release that is not
 * healthy is stopped and marked as bad, the outcome is `unhealthy`, and the script fails; what
 * serves has not been touched.
 */
export function startScript({ digest, healthSeconds }: StartOptions): HostScript {
  return hostScript(
    'start',
    drainSeconds + healthSeconds + 30,
    text`
      release=${releaseFolder(digest)}
      if serving=$(serving_slot) && [ "$(release_of "$serving")" = "$release" ] && ! settings_differ "$serving" && systemctl is-active --quiet "$(unit_of "$serving")"; then
        report serving ${digest} "$serving"
        exit 0
      fi
      slot=$(idle_slot)
      # One that a run left when it was ended may be healthy, or may become so.
      if [ "$(release_of "$slot")" = "$release" ] && ! settings_differ "$slot" && systemctl is-active --quiet "$(unit_of "$slot")"; then
        begin() { wait_healthy "$@"; }
      else
        if [ "$(release_of "$slot")" != "$release" ]; then
          stop_slot "$slot"
          put_in "$slot" "$release"
        fi
        begin() { start_slot "$@"; }
      fi
      if ! fault=$(begin "$slot" ${healthSeconds}); then
        echo "$fault; the end of its log:"
        journalctl --unit "dojang-api@$slot" --lines 15 --no-pager --output cat || true
        # With other settings the same release may serve.
        if [ "$(release_of "$(serving_slot || echo a)")" != "$release" ]; then mark_bad "$release" "$fault"; fi
        abandon_slot "$slot"
        report unhealthy ${digest} "$fault"
        exit 1
      fi
      rm -f "$release/.bad"
      report healthy ${digest} "$slot"
    `,
  );
}
