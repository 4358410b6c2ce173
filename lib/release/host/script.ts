/** What all scripts of a release of the API have in common. */
import { quoted, text } from '../../host/bash/bash-template.ts';
import { lines } from '../../host/bash/files.ts';
import { slotFunctions } from '../../host/slots/functions.ts';
import { apiHome } from '../../host/slots/state.ts';

/** The steps on the host, in their order; `roll-back` is the way back from each before `drain`. */
export type ApiStep = 'prepare' | 'migrate' | 'start' | 'switch' | 'drain' | 'prune' | 'roll-back';

/** A script, and how many seconds it may take. */
export interface HostScript {
  readonly step: ApiStep;
  readonly script: string;
  readonly limitSeconds: number;
}

export const releaseFolder = (digest: string) => quoted(`${apiHome}/releases/${digest}`);

/** How long a script waits for another one on the same host. */
const lockSeconds = 300;

/**
 * A script that holds the host's lock of releases. Its last lines are
 * `release<TAB>api<TAB>outcome<TAB>short digest<TAB>note`, when it succeeds, and
 * `serving<TAB>slot<TAB>short digest<TAB>state of the unit`, however it ends: `-` for nothing.
 */
export function hostScript(step: ApiStep, limitSeconds: number, body: string): HostScript {
  const script = lines(head, slotFunctions, common, body);
  return { step, limitSeconds: limitSeconds + lockSeconds, script: `${script}\n` };
}

const head = text`
  set -euo pipefail
  umask 022
  export PATH=$PATH:/usr/sbin:/sbin
`;

const common = text`
  # report OUTCOME DIGEST [NOTE]
  report() {
    printf 'release\tapi\t%s\t%s\t%s\n' "$1" "\${2:0:12}" "\${3:-}"
  }

  # say_serving: what serves at this moment
  say_serving() {
    local slot release
    if slot=$(serving_slot) && release=$(release_of "$slot"); then
      release=$(basename "$release")
      printf 'serving\t%s\t%s\t%s\n' "$slot" "\${release:0:12}" "$(systemctl is-active "$(unit_of "$slot")" || true)"
    else
      printf 'serving\t-\t-\t-\n'
    fi
  }

  # good RELEASE: complete, served healthy once, and was not rolled back
  good() {
    [ -f "$1/.complete" ] && [ -f "$1/.healthy" ] && [ ! -f "$1/.bad" ]
  }

  # way_back: the release that a rollback would return to; fails when there is none
  way_back() {
    local serving other release
    serving=$(release_of "$(serving_slot || echo a)" || true)
    if other=$(release_of "$(idle_slot)") && [ "$other" != "$serving" ] && good "$other"; then
      echo "$other"
      return 0
    fi
    while read -r release; do
      if [ "$release" != "$serving" ] && good "$release"; then
        echo "$release"
        return 0
      fi
    done < <(find ${apiHome}/releases -mindepth 2 -maxdepth 2 -name .healthy -printf '%T@ %h\n' | sort -rn | cut -d' ' -f2-)
    return 1
  }

  # mark_bad RELEASE REASON
  mark_bad() {
    if [ -n "$2" ] && [ -d "$1" ]; then printf '%s\n' "$2" >"$1/.bad"; fi
  }

  trap say_serving EXIT
  install -d ${apiHome}/releases ${apiHome}/slots
  exec 9>>${apiHome}/.lock
  if ! flock -w ${lockSeconds} 9; then
    echo "another release has been at work on this host for ${lockSeconds} s"
    exit 75
  fi
  settle_nginx
`;
