/**
 * Which slot nginx sends to: a file of its configuration with nothing else in it. nginx takes it up
 * by a reload, and its old workers finish the requests that they have.
 */
import { text } from '../bash/bash-template.ts';
import { apiHome } from './state.ts';

export const upstreamFile = '/etc/nginx/dojang/api-upstream.conf';

/**
 * Seconds in which nginx must have replaced its workers, or its configuration counts as refused.
 */
const reloadSeconds = 20;

/** Bash: `upstream_text SLOT` prints the file. Needs {@link slotState}. */
export const upstreamText = text`
  upstream_text() {
    printf 'upstream api {\n    server 127.0.0.1:%s max_fails=0;\n    keepalive 128;\n}\n' "$(port_of "$1")"
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
 * `point_nginx SLOT` and `settle_nginx`. The mark `.switching` is there from before the file is
 * written until `serving` agrees with what nginx has loaded: a run that is ended in between leaves
 * both slots running, and the next one sends nginx back to the slot of `serving`.
 */
export const nginxSwitch = text`
  write_upstream() {
    upstream_text "$1" >${upstreamFile}.new
    sync ${upstreamFile}.new
    mv -fT ${upstreamFile}.new ${upstreamFile}
  }

  ${nginxReload}

  # point_nginx SLOT: on failure it sends where it did
  point_nginx() {
    local said
    touch ${apiHome}/.switching
    [ ! -e ${upstreamFile} ] || cp -p ${upstreamFile} ${upstreamFile}.before
    write_upstream "$1"
    if ! said=$(nginx -t 2>&1); then
      echo "$said"
    elif reload_nginx; then
      return 0
    fi
    [ ! -e ${upstreamFile}.before ] || mv -fT ${upstreamFile}.before ${upstreamFile}
    return 1
  }

  # serve SLOT: from here on it is the one that serves, also after a boot
  serve() {
    point_nginx "$1" || return 1
    echo "$1" >${apiHome}/serving.new
    sync ${apiHome}/serving.new
    mv -fT ${apiHome}/serving.new ${apiHome}/serving
    rm -f ${apiHome}/.switching ${upstreamFile}.before
  }

  # settle_nginx: what a run left that was ended between the two
  settle_nginx() {
    local slot
    grep -qs ${upstreamFile} /etc/nginx/dojang/site.conf || return 0
    slot=$(serving_slot || echo a)
    if [ ! -e ${apiHome}/.switching ] && upstream_text "$slot" | cmp -s - ${upstreamFile}; then return 0; fi
    touch ${apiHome}/.switching
    write_upstream "$slot"
    nginx -t
    reload_nginx
    rm -f ${apiHome}/.switching ${upstreamFile}.before
  }
`;
