/** The release that serves, started again beside itself: for new settings or a new unit. */
import { text } from '../bash/bash-template.ts';
import { paths } from '../paths.ts';
import { drainSeconds, workerSeconds } from './drain.ts';
import { slotFunctions } from './functions.ts';
import { apiHome } from './state.ts';

/** Seconds that the whole may take: a slot that is left to drain, the start, the drain. */
export const renewSeconds = (healthSeconds: number) => healthSeconds + 2 * drainSeconds + workerSeconds + 60;

/**
 * `renew`: starts the release that serves in the idle slot, with the settings of now, and switches
 * when it is healthy. When it is not, the old one serves on with the settings that it had, and the
 * function fails. Holds the lock of releases.
 */
export function renewFunctions(healthSeconds: number): string {
  return text`
    ${slotFunctions}
    # renew
    renew() {
      local slot release fault
      exec 8>>${apiHome}/.lock
      flock -w 300 8
      settle_nginx
      slot=$(idle_slot)
      release=$(release_of "$(serving_slot)")
      put_in "$slot" "$release"
      if ! fault=$(start_slot "$slot" && wait_healthy "$slot" ${healthSeconds}); then
        echo "$fault"
        log_of "dojang-api@$slot.service"
        abandon_slot "$slot"
        echo "the API is not healthy with the settings of ${paths.settings}/api.env; it serves on with those that it had"
        return 1
      fi
      serve "$slot"
      touch "$release/.healthy"
      drain_slot "$(idle_slot)"
      exec 8>&-
    }
  `;
}
