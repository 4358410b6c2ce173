/**
 * A stand-in for systemctl on a host of a test. `records` keeps states in files and runs nothing;
 * `processes` runs the release of a slot as its unit does: with the variables of the unit and the
 * settings of the slot, restarted when it ends, ended by SIGTERM.
 */

export type Systemd = 'records' | 'processes';

/** @param folder of the host; the units' states lie in its `systemd` */
export function systemctl(kind: Systemd, folder: string): string {
  return `#!/bin/bash
at=${folder} state=${folder}/systemd
exec 8>&- 9>&-
echo "$*" >>"$state/said"
verb=$1
shift
block=yes quiet= signal=TERM
properties=()
while [ $# -gt 0 ]; do
  case $1 in
    --no-block) block= ;;
    -q | --quiet) quiet=yes ;;
    --signal=*) signal=\${1#*=} ;;
    -p | -P) properties+=("$2"); value=$([ "$1" = -P ] && echo yes); shift ;;
    --timestamp=us) ;;
    *) unit=$1 ;;
  esac
  shift
done
of() { cat "$state/$unit.$1" 2>/dev/null || echo "\${2:-}"; }
is() { [ -e "$state/$unit.active" ]; }
${kind === 'records' ? records : processes}
case $verb in
  daemon-reload) ;;
  is-enabled) [ -n "$quiet" ] || echo enabled ;;
  enable | disable) ;;
  reload-or-restart) reload ;;
  is-active)
    if is; then [ -n "$quiet" ] || echo active; else [ -n "$quiet" ] || echo "$(of ended inactive)"; exit 3; fi ;;
  reset-failed) rm -f "$state/$unit.ended" "$state/$unit.restarts" ;;
  start | restart) is || start ;;
  stop) stop ;;
  kill) kill_ ;;
  show)
    for property in "\${properties[@]}"; do
      case $property in
        ActiveState) answer=$(is && echo active || of ended inactive) ;;
        SubState) answer=$(of sub running) ;;
        NRestarts) answer=$(of restarts 0) ;;
        InactiveExitTimestamp) answer="$(date -r "$state/$unit.active" '+%F %T.%6N')" ;;
        *) answer=no ;;
      esac
      if [ -n "$value" ]; then echo "$answer"; else echo "$property=$answer"; fi
    done ;;
  *) echo "systemctl $verb is not known here" >&2; exit 1 ;;
esac
`;
}

/** A release with a file \`unhealthy\` fails at once, as one that throws on its first line. */
const records = `
slot=\${unit#dojang-api@} slot=\${slot%.service}
start() {
  if [ -e "$at/opt/api/slots/$slot/throws" ]; then echo 1 >"$state/$unit.restarts"; else touch "$state/$unit.active"; fi
}
stop() { rm -f "$state/$unit.active"; }
kill_() { stop; }
reload() { sed -n 's/.*127.0.0.1:\\([0-9]*\\).*/\\1/p' "$at/etc/nginx/dojang/api-upstream.conf" >"$state/nginx"; }
`;

/** Started anew after 200 ms instead of two seconds. */
const processes = `
slot=\${unit#dojang-api@} slot=\${slot%.service}
supervise() {
  set -a
  . <(sed -n "s/%i/$slot/; s/^Environment=//p" "$at/units/dojang-api@.service" | tr ' ' '\\n')
  . "$at/etc/dojang/api-$slot.env"
  set +a
  while [ ! -e "$state/$unit.stopping" ]; do
    "$at/opt/api/slots/$slot/bin/node" "$at/opt/api/slots/$slot/server.js" >>"$state/$unit.log" 2>&1 &
    echo $! >"$state/$unit.main"
    wait $!
    [ ! -e "$state/$unit.stopping" ] || break
    echo auto-restart >"$state/$unit.sub"
    echo $(($(of restarts 0) + 1)) >"$state/$unit.restarts"
    sleep 0.2
    rm -f "$state/$unit.sub"
  done
  rm -f "$state/$unit.active" "$state/$unit.main" "$state/$unit.sub"
}
start() {
  rm -f "$state/$unit.stopping"
  touch "$state/$unit.active"
  (trap '' HUP; supervise) </dev/null >/dev/null 2>&1 &
}
stop() {
  touch "$state/$unit.stopping"
  [ ! -s "$state/$unit.main" ] || kill -TERM "$(of main)" 2>/dev/null
  while [ -n "$block" ] && is; do sleep 0.05; done
  true
}
kill_() { [ ! -s "$state/$unit.main" ] || kill "-$signal" "$(of main)" 2>/dev/null; }
reload() { kill -HUP "$(cat "$at/run/nginx.pid")"; }
`;
