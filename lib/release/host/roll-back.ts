/** The way back from a release of the API, before and after the switch. */
import { quoted, text } from '../../host/bash/bash-template.ts';
import { drainSeconds } from '../../host/slots/drain.ts';
import { type HostScript, hostScript, releaseFolder } from './script.ts';

export interface RollBackOptions {
  /** The release to leave. */
  readonly digest: string;
  /** Why, in a line; the release is then skipped by later rollbacks. Empty: it is not its fault. */
  readonly reason: string;
  readonly healthSeconds: number;
}

/**
 * Before the switch the idle slot is stopped: outcome `kept`. After it nginx goes back to the
 * release that served before, which still runs, or is started first: outcome `rolled-back` with its
 * digest. The slot that is left still has requests; `drain` ends it. Fails, changing nothing, when
 * there is no release to return to or that one is not healthy.
 */
export function rollBackScript({ digest, reason, healthSeconds }: RollBackOptions): HostScript {
  return hostScript(
    'roll-back',
    drainSeconds + healthSeconds + 90,
    text`
      release=${releaseFolder(digest)}
      reason=${quoted(reason)}
      slot=$(idle_slot)
      serving=$(serving_slot || true)
      if [ -z "$serving" ] || [ "$(release_of "$serving")" != "$release" ]; then
        mark_bad "$release" "$reason"
        if [ "$(release_of "$slot")" = "$release" ]; then abandon_slot "$slot"; fi
        report kept ${digest}
        exit 0
      fi
      if ! back=$(way_back); then
        echo "there is no earlier release to roll back to"
        exit 1
      fi
      if [ "$(release_of "$slot")" = "$back" ] && systemctl is-active --quiet "$(unit_of "$slot")"; then
        begin() { wait_healthy "$@"; }
      else
        put_in "$slot" "$back"
        begin() { start_slot "$@"; }
      fi
      if ! fault=$(begin "$slot" ${healthSeconds}); then
        echo "the earlier release is not healthy either: $fault; the end of its log:"
        journalctl --unit "dojang-api@$slot" --lines 15 --no-pager --output cat || true
        exit 1
      fi
      serve "$slot" || exit 1
      touch "$back/.healthy"
      mark_bad "$release" "$reason"
      report rolled-back "$(basename "$back")" "$slot"
    `,
  );
}
