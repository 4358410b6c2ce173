/** Ending the slot that served before, without ending a request. */
import { text } from '../bash/bash-template.ts';

/**
 * Seconds in which old workers of nginx may still bring a request to the slot that served before:
 * one of a sign-in waits up to 25 s for its turn (nginx/limits.ts).
 */
export const workerSeconds = 30;

/**
 * Seconds that requests in flight have, from when the slot is asked to end; the API itself ends
 * them 10 s earlier (`graceMs` of the API), and nginx has none longer than 300 s.
 */
export const drainSeconds = 310;

/**
 * `drain_slot SLOT`: an old worker of nginx has requests that it has not sent on yet, so the slot
 * takes requests until they have ended. Event streams keep a worker: the API ends them, with a hint
 * to reconnect, when it is asked to end.
 */
export const slotDrain = text`
  drain_slot() {
    local deadline=$((SECONDS + ${workerSeconds}))
    if systemctl is-active --quiet "$(unit_of "$1")"; then
      while [ -n "$(leaving_workers)" ] && ((SECONDS < deadline)); do sleep 0.2; done
    fi
    stop_slot "$1"
  }
`;
