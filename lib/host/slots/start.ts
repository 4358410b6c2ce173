/** Starting a release in a slot, and waiting until it is healthy. */
import { text } from '../bash/bash-template.ts';
import { healthyFunctions } from '../services/healthy.ts';
import { readinessFunctions } from '../services/readiness.ts';
import { apiHome, earlierUnit, earlierUnitFile, servingFile } from './state.ts';

/**
 * `put_in SLOT RELEASE`, `start_slot SLOT`, `wait_healthy SLOT SECONDS`, `stop_slot SLOT`,
 * `abandon_slot SLOT`. Beside a release of before there were slots, the one that starts learns from
 * the file that it does not serve yet.
 */
export const slotStart = text`
  ${healthyFunctions}

  # put_in SLOT RELEASE
  put_in() {
    install -d ${apiHome}/slots
    ln -sfn "../releases/$(basename "$2")" "${apiHome}/slots/.$1.new"
    mv -fT "${apiHome}/slots/.$1.new" "${apiHome}/slots/$1"
  }

  # readiness_url SLOT
  readiness_url() {
    echo "http://127.0.0.1:$(port_of "$1")/health/readiness"
  }

  # wait_healthy SLOT SECONDS [RESTARTS]: prints why it is not
  wait_healthy() {
    wait_unit "$(unit_of "$1")" "$(readiness_url "$1")" "$2" "\${3:-0}"
  }

  # start_slot SLOT: with the settings of now; what a run left there is stopped before
  start_slot() {
    local serving slot=$1
    if [ ! -e ${servingFile} ] && serving=$(serving_slot); then write_slot ${servingFile} "$serving" || return 1; fi
    stop_slot "$slot" || return 1
    write_settings "$slot" || return 1
    adapt_readiness || return 1
    systemctl reset-failed "dojang-api@$slot.service" 2>/dev/null || true
    systemctl start --no-block "dojang-api@$slot.service"
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
