/** The releases that lie on a host: which are good, which to return to, which go first. */
import { text } from '../../host/bash/bash-template.ts';

/** Releases that stay, with the one that serves. */
const keptReleases = 5;

/**
 * Bash over the folders below `$home/releases`. Those of a component give `serving_release` (its
 * path; fails when none serves) and `preferred_back`. Releases that are not good go first, then the
 * oldest; never the one that serves, the way back, or the one that is named (which may be empty).
 */
export const releaseFunctions = text`
  # report OUTCOME DIGEST [NOTE]
  report() {
    printf 'release\t%s\t%s\t%s\t%s\n' "$component" "$1" "$2" "\${3:-}"
  }

  # say_serving [SLOT STATE]: what serves at this moment
  say_serving() {
    local serving
    if serving=$(serving_release); then
      printf 'serving\t%s\t%s\t%s\n' "$(serving_place)" "$(basename "$serving")" "$(serving_state || true)"
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
    local serving other
    serving=$(serving_release || true)
    while read -r other; do
      if [ "$other" != "$serving" ] && good "$other"; then
        echo "$other"
        return 0
      fi
    done < <(preferred_back || true; find "$home/releases" -mindepth 2 -maxdepth 2 -name .healthy -printf '%T@ %h\n' | sort -rn | cut -d' ' -f2-)
    return 1
  }

  # mark_bad RELEASE REASON: without a reason it is not the release's fault
  mark_bad() {
    if [ -n "$2" ] && [ -d "$1" ]; then printf '%s\n' "$2" >"$1/.bad"; fi
  }

  # removable [RELEASE]: in the order in which they go
  removable() {
    local each time serving back
    serving=$(serving_release || true)
    back=$(way_back || true)
    find "$home/releases" -mindepth 1 -maxdepth 1 -type d -printf '%T@ %p\n' | while read -r time each; do
      if [ "$each" = "$serving" ] || [ "$each" = "$back" ] || [ "$each" = "\${1:-}" ]; then continue; fi
      if good "$each"; then
        echo "1 $(stat -c %.9Y "$each/.healthy") $each"
      else
        echo "0 $time $each"
      fi
    done | sort -k1,1n -k2,2n | cut -d' ' -f3-
  }

  releases_there() {
    find "$home/releases" -mindepth 1 -maxdepth 1 -type d | wc -l
  }

  # remove_release RELEASE: under another name before its first file goes. A run that is ended, or a
  # power cut, would else leave a part of it with its marks, which later counts as complete.
  remove_release() {
    rm -rf "$home/.removed"
    mv -T "$1" "$home/.removed"
    sync "$home/releases" "$home"
    rm -rf "$home/.removed"
  }

  # prune_releases RELEASE: it stays too; empty: none
  prune_releases() {
    local each
    # What a run left that was ended.
    rm -rf "$home/.removed"
    removable "$1" | while read -r each; do
      if (($(releases_there) <= ${keptReleases})); then break; fi
      remove_release "$each"
    done
  }

  # free_kib
  free_kib() {
    df --output=avail -k "$home" | tail -n 1
  }

  # make_room KIB [RELEASE]: fails, with what is missing, when nothing more can go
  make_room() {
    local each need=$1
    shift
    while (($(free_kib) < need)); do
      each=$(removable "$@" | head -n 1)
      if [ -z "$each" ]; then
        echo "no room for the release: $(($(free_kib) / 1024)) MiB are free under $home, and it needs $((need / 1024)) MiB"
        return 1
      fi
      remove_release "$each"
    done
  }
`;
