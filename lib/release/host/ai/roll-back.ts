/** The way back from a release of the AI server. */
import { quoted, text } from '../../../host/bash/bash-template.ts';
import { drainSeconds } from '../../../host/slots/drain.ts';
import { type HostScript, hostScript, type RollBackOptions } from '../script.ts';

/** Bash: `roll_back REASON SECONDS` leaves `$release`. */
export const returnFunction = text`
  roll_back() {
    local back fault
    if ! back=$(way_back); then
      echo "there is no earlier release to roll back to"
      return 1
    fi
    mark_bad "$release" "$1"
    if ! fault=$(return_to "$back" "$2"); then
      echo "the earlier release is not healthy either: $fault"
      log_of dojang-ai.service
      return 1
    fi
    touch "$back/.healthy"
    report rolled-back "$(basename "$back")"
  }
`;

/**
 * While its link leads elsewhere nothing of the release is left but what a run that was ended
 * left running: outcome `kept`. Else the link leads to the last release that was healthy, and the
 * unit restarts: outcome `rolled-back` with its digest. Fails when there is none, or that one is
 * not healthy either; it stays all the same.
 */
export function rollBackScript({ digest, reason, healthSeconds }: RollBackOptions): HostScript {
  return hostScript({
    step: 'roll-back',
    component: 'ai',
    digest,
    seconds: drainSeconds + healthSeconds,
    body: text`
      ${returnFunction}
      if [ "$(serving_release || true)" = "$release" ]; then
        roll_back ${quoted(reason)} ${healthSeconds}
        exit 0
      fi
      mark_bad "$release" ${quoted(reason)}
      if serving=$(serving_release) && ! fault=$(return_to "$serving" ${healthSeconds}); then
        echo "the release that serves is not healthy: $fault"
        exit 1
      fi
      report kept ${digest}
    `,
  });
}
