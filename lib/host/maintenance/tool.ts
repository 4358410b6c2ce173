/**
 * The program on the AWS host that turns the maintenance page on and off: for `dojang maintenance`,
 * and for a restore.
 */
import { text } from '../bash/bash-template.ts';
import { filesStep } from '../bash/files.ts';
import type { HostStep } from '../bash/step.ts';
import { nginxFolder } from '../nginx/nginx.ts';
import { paths } from '../paths.ts';
import { nginxReload } from '../slots/nginx-upstream.ts';
import { maintenanceFile, maintenanceText } from './nginx.ts';

export const maintenanceTool = `${paths.tools}/maintenance`;

/** Since when, by whom and why it is on. */
const about = '/var/lib/dojang/maintenance';

export function maintenanceStep(): HostStep {
  return filesStep({
    id: 'maintenance-tool',
    title: 'The program that turns the maintenance page on and off',
    files: [{ path: maintenanceTool, content: program, mode: '755' }],
  });
}

/**
 * A mark is there from before the file is written until nginx has loaded it: a run that was ended
 * in between is completed by the next one.
 */
const program = text`
  #!/usr/bin/env bash
  # maintenance on [REASON [WHO]]   visitors get the maintenance page
  # maintenance off
  # maintenance status              prints on or off; since, by and reason on lines of their own
  # It ends when new requests are answered so. Turning it on twice renews the reason alone.
  set -uo pipefail
  umask 022
  export LC_ALL=C.UTF-8 PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
  file=${maintenanceFile}
  about=${about}
  mark=${maintenanceFile}.pending

  ${nginxReload}

  ${maintenanceText}

  # replace FILE: its text is on stdin
  replace() {
    cat >"$1.new" && sync "$1.new" && mv -fT "$1.new" "$1"
  }

  one_line() {
    printf '%s' "\${1:0:300}" | tr '[:cntrl:]' ' '
  }

  # turn on|off: on failure it is what it was
  turn() {
    local said before
    if [ "$(maintenance_state)" = "$1" ] && [ ! -e "$mark" ]; then return 0; fi
    if ! grep -qs "include $file;" ${nginxFolder}/site.conf; then
      echo "the site of nginx knows no maintenance page yet: dojang provision" >&2
      return 1
    fi
    before=$(maintenance_state)
    touch "$mark"
    maintenance_text "$1" | replace "$file" || return 1
    if ! said=$(nginx -t 2>&1); then
      echo "$said" >&2
    elif said=$(reload_nginx 2>&1); then
      rm -f "$mark"
      return 0
    else
      echo "$said" >&2
    fi
    maintenance_text "$before" | replace "$file"
    return 1
  }

  # note REASON WHO: the time stays while it is on
  note() {
    local since
    since=$(sed -n 's/^since\t//p' "$about" 2>/dev/null)
    [ "$(maintenance_state)" = on ] && [ -n "$since" ] || since=$(date -u +%FT%TZ)
    mkdir -p "$(dirname "$about")"
    printf 'since\t%s\nby\t%s\nreason\t%s\n' "$since" "$(one_line "$2")" "$(one_line "$1")" | replace "$about"
  }

  main() {
    if [ "$1" = status ]; then
      say
      return
    fi
    exec 9>/run/dojang-maintenance.lock
    if ! flock -w 60 9; then
      echo "another run of it does not end" >&2
      return 75
    fi
    case $1 in
      on) note "\${2-}" "\${3-}" && turn on || return ;;
      off) turn off || return ;;
    esac
    [ "$(maintenance_state)" = on ] || rm -f "$about"
    say
  }

  say() {
    if [ "$(maintenance_state)" = off ]; then
      echo off
    else
      echo on
      cat "$about" 2>/dev/null || true
    fi
  }

  case \${1-} in
    on | off | status) main "$@" ;;
    *)
      echo "usage: maintenance on [REASON [WHO]] | off | status" >&2
      exit 64
      ;;
  esac
`;
