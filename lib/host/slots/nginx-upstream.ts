/**
 * Which slot nginx sends to: a file of its configuration with nothing else in it. nginx takes it up
 * by a reload, and its old workers finish the requests that they have.
 */
import { text } from '../bash/bash-template.ts';
import { apiHome, servingFile, shareFile } from './state.ts';

export const upstreamFile = '/etc/nginx/dojang/api-upstream.conf';

/**
 * Seconds in which nginx must have replaced its workers, or its configuration counts as refused.
 */
const reloadSeconds = 20;

/**
 * Bash: `upstream_text SLOT [OTHER PERCENT]` prints the file; with a share, so much of the sessions
 * goes to the other slot. Needs {@link slotState}.
 *
 * nginx chooses by `hash mod 100`, and goes through the servers in their order: the share is the
 * range from 0, so a session that was in a smaller one is in a larger one too. A session is known
 * by its cookie, which nginx/limits.ts reads into `$session_token`; who has none, by the address.
 * https://nginx.org/en/docs/http/ngx_http_upstream_module.html#hash
 */
export const upstreamText = text`
  upstream_text() {
    if [ $# -eq 1 ]; then
      printf 'upstream api {\n    server 127.0.0.1:%s max_fails=0;\n    keepalive 128;\n}\n' "$(port_of "$1")"
      return
    fi
    printf "map \$session_token \$api_client {\n    '' \$binary_remote_addr;\n    default \$session_token;\n}\n"
    printf "upstream api {\n    hash \$api_client;\n"
    printf '    server 127.0.0.1:%s weight=%s max_fails=0;\n' "$(port_of "$2")" "$3" "$(port_of "$1")" "$((100 - $3))"
    printf '    keepalive 128;\n}\n'
  }
`;

/** `reload_nginx`, and what it needs. */
export const nginxReload = text`
  # nginx_processes [PATTERN]: processes of its master
  nginx_processes() {
    local master
    master=$(cat /run/nginx.pid 2>/dev/null) || return 0
    pgrep -P "$master" "$@" || true
  }

  leaving_workers() {
    nginx_processes -f 'is shutting down'
  }

  # reload_nginx: fails when nginx keeps its old configuration
  reload_nginx() {
    local before pid deadline=$((SECONDS + ${reloadSeconds}))
    before=$(nginx_processes)
    systemctl reload-or-restart nginx.service || return 1
    for pid in $before; do
      while grep -qsz . "/proc/$pid/cmdline" && ! grep -qsa 'is shutting down' "/proc/$pid/cmdline"; do
        if ((SECONDS >= deadline)); then
          echo "nginx did not take its configuration: /var/log/nginx/error.log"
          return 1
        fi
        sleep 0.1
      done
    done
  }
`;

/**
 * `serve SLOT`, `serve_share SLOT PERCENT` and `settle_nginx`. The mark `.switching` is there from
 * before the file is written until `serving` agrees with what nginx has loaded: a run that is ended
 * in between leaves both slots running, and the next one sends nginx back to the slot of `serving`.
 * The mark `.canary` is there from before a slot gets a share until it serves, or has ended the
 * requests that it got; from when the share is withdrawn it says so behind the slot, which takes
 * no contract from then on. Processes of the API read these files: each is replaced in one move.
 */
export const nginxSwitch = text`
  write_upstream() {
    upstream_text "$@" >${upstreamFile}.new
    sync ${upstreamFile}.new
    mv -fT ${upstreamFile}.new ${upstreamFile}
  }

  ${nginxReload}

  # point_nginx SLOT [OTHER PERCENT]: on failure it sends where it did
  point_nginx() {
    local said
    touch ${apiHome}/.switching
    [ ! -e ${upstreamFile} ] || cp -p ${upstreamFile} ${upstreamFile}.before
    write_upstream "$@"
    if ! said=$(nginx -t 2>&1); then
      echo "$said"
    elif reload_nginx; then
      return 0
    fi
    [ ! -e ${upstreamFile}.before ] || mv -fT ${upstreamFile}.before ${upstreamFile}
    return 1
  }

  # write_slot FILE TEXT
  write_slot() {
    echo "$2" >"$1.new" && chmod 644 "$1.new" && sync "$1.new" && mv -fT "$1.new" "$1"
  }

  # serve SLOT: from here on it is the one that serves, also after a boot
  serve() {
    point_nginx "$1" || return 1
    write_slot ${servingFile} "$1" || return 1
    rm -f ${shareFile} ${apiHome}/.switching ${upstreamFile}.before
  }

  # serve_share SLOT PERCENT: of the sessions, from 1 to 99, beside the slot that serves
  serve_share() {
    write_slot ${shareFile} "$1" || return 1
    point_nginx "$(serving_slot)" "$1" "$2" || return 1
    rm -f ${apiHome}/.switching ${upstreamFile}.before
  }

  # sharing_slot: one that has a share, or still requests of one; fails where none has
  sharing_slot() {
    local slot
    { read -r slot _ <${shareFile}; } 2>/dev/null || return 1
    [ -n "$slot" ] && [ "$slot" != "$(serving_slot)" ] && echo "$slot"
  }

  # settle_nginx: what a run left that was ended between the two; a share ends, unless the step of
  # a release goes on with it
  settle_nginx() {
    local slot sharing
    grep -qs ${upstreamFile} /etc/nginx/dojang/site.conf || return 0
    slot=$(serving_slot || echo a)
    if sharing=$(sharing_slot); then
      case \${release_step:-} in canary-* | switch) return 0 ;; esac
      touch ${apiHome}/.switching
      write_slot ${shareFile} "$sharing ends" || true
    fi
    if [ ! -e ${apiHome}/.switching ] && upstream_text "$slot" | cmp -s - ${upstreamFile}; then return 0; fi
    touch ${apiHome}/.switching
    write_upstream "$slot"
    nginx -t
    reload_nginx
    if [ -n "$sharing" ]; then drain_slot "$sharing"; fi
    rm -f ${shareFile} ${apiHome}/.switching ${upstreamFile}.before
  }
`;
