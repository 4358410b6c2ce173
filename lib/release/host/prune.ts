/** Which releases stay on the host. */
import { text } from '../../host/bash/bash-template.ts';
import { apiHome } from '../../host/slots/state.ts';
import { type HostScript, hostScript } from './script.ts';

/** Releases that stay, with the one that serves. */
const keptReleases = 5;

/**
 * `prune_releases RELEASE` keeps the newest few; `make_room KIB [RELEASE]` removes more while
 * there is too little room. Releases that are not good go first, then the oldest; never the one
 * that serves, the way back, or the one that is named (which may be empty).
 */
export const pruneFunctions = text`
  # removable [RELEASE]: the next to go first
  removable() {
    local release time serving back
    serving=$(release_of "$(serving_slot || echo a)" || true)
    back=$(way_back || true)
    find ${apiHome}/releases -mindepth 1 -maxdepth 1 -type d -printf '%T@ %p\n' | while read -r time release; do
      if [ "$release" = "$serving" ] || [ "$release" = "$back" ] || [ "$release" = "\${1:-}" ]; then continue; fi
      if good "$release"; then
        echo "1 $(stat -c %Y "$release/.healthy") $release"
      else
        echo "0 $time $release"
      fi
    done | sort -k1,1n -k2,2n | cut -d' ' -f3-
  }

  releases_there() {
    find ${apiHome}/releases -mindepth 1 -maxdepth 1 -type d | wc -l
  }

  # prune_releases RELEASE
  prune_releases() {
    local release
    removable "$@" | while read -r release; do
      if (($(releases_there) <= ${keptReleases})); then break; fi
      rm -rf "$release"
    done
  }

  # free_kib
  free_kib() {
    df --output=avail -k ${apiHome} | tail -n 1
  }

  # make_room KIB [RELEASE]: fails, with what is missing, when nothing more can go
  make_room() {
    local release need=$1
    shift
    while (($(free_kib) < need)); do
      release=$(removable "$@" | head -n 1)
      if [ -z "$release" ]; then
        echo "no room for the release: $(($(free_kib) / 1024)) MiB are free under ${apiHome}, and it needs $((need / 1024)) MiB"
        return 1
      fi
      rm -rf "$release"
    done
  }
`;

export function pruneScript(): HostScript {
  return hostScript(
    'prune',
    60,
    text`
      ${pruneFunctions}
      prune_releases ''
      report pruned - "$(releases_there) releases are kept"
    `,
  );
}
