/** Starting a release in a slot, and waiting until it is healthy. */
import { text } from '../bash/bash-template.ts';
import { readinessFunctions } from '../services/readiness.ts';
import { apiHome, earlierUnit, earlierUnitFile } from './state.ts';

/** Readiness in a row by which a release is healthy. */
const timesHealthy = 3;

/**
 * `put_in SLOT RELEASE`, `start_slot SLOT SECONDS`, `wait_healthy SLOT SECONDS`, `abandon_slot
 * SLOT`. Seconds are by the clock, however long a single question takes. A unit that failed or that
 * systemd has restarted is given up at once.
 */
export const slotStart = text`
  # put_in SLOT RELEASE
  put_in() {
    install -d ${apiHome}/slots
    ln -sfn "../releases/$(basename "$2")" "${apiHome}/slots/.$1.new"
    mv -fT "${apiHome}/slots/.$1.new" "${apiHome}/slots/$1"
  }

  # unit_fault UNIT: why it will not become healthy; nothing while it may
  unit_fault() {
    local key value state='' sub='' restarts=0
    while IFS='=' read -r key value; do
      case $key in
        ActiveState) state=$value ;;
        SubState) sub=$value ;;
        NRestarts) restarts=$value ;;
      esac
    done < <(systemctl show -p ActiveState -p SubState -p NRestarts "$1")
    if [ "$state" = failed ]; then
      echo "$1 failed"
    elif [ "$sub" = auto-restart ] || ((restarts > 0)); then
      echo "$1 ended by itself"
    fi
  }

  # wait_healthy SLOT SECONDS: prints why it is not
  wait_healthy() {
    local unit url left fault deadline=$((SECONDS + $2))
    local -i good=0
    unit=$(unit_of "$1")
    url=http://127.0.0.1:$(port_of "$1")/health/readiness
    while true; do
      fault=$(unit_fault "$unit")
      if [ -n "$fault" ]; then
        echo "$fault"
        return 1
      fi
      left=$((deadline - SECONDS))
      if ((left <= 0)); then
        echo "$unit was not healthy within $2 s"
        return 1
      fi
      if curl --fail --silent --max-time "$((left < 5 ? left : 5))" --output /dev/null "$url"; then good+=1; else good=0; fi
      if ((good >= ${timesHealthy})) && systemctl is-active --quiet "$unit"; then return 0; fi
      sleep 0.5
    done
  }

  # start_slot SLOT SECONDS: with the settings of now; what a run left there is stopped before
  start_slot() {
    local slot=$1
    stop_slot "$slot" || return 1
    write_settings "$slot" || return 1
    adapt_readiness || return 1
    systemctl reset-failed "dojang-api@$slot.service" 2>/dev/null || true
    systemctl start --no-block "dojang-api@$slot.service"
    wait_healthy "$slot" "$2"
  }

  # stop_slot SLOT: when its requests have ended
  stop_slot() {
    systemctl stop "$(unit_of "$1")"
    if [ "$(unit_of "$1")" = ${earlierUnit} ]; then forget_earlier_unit; fi
  }

  forget_earlier_unit() {
    systemctl disable -q ${earlierUnit}
    rm -rf ${earlierUnitFile} ${earlierUnitFile}.d
    systemctl daemon-reload
    rm -f ${apiHome}/current ${apiHome}/.back
  }

  # abandon_slot SLOT: one that never served has no requests to end
  abandon_slot() {
    local unit=dojang-api@$1.service
    systemctl stop --no-block "$unit"
    systemctl kill --signal=KILL "$unit" 2>/dev/null || true
    systemctl stop "$unit"
    systemctl reset-failed "$unit" 2>/dev/null || true
  }

  ${readinessFunctions('api')}
`;
