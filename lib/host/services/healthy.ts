/** Waiting until a unit is healthy, as bash: by its own answers, and by the clock. */
import { text } from '../bash/bash-template.ts';

/** Healthy answers in a row by which a release is healthy. */
const timesHealthy = 3;

/**
 * Seconds are by the clock, however long a single question takes. A unit that failed or that
 * systemd has restarted is given up at once; the restarts of one that has served are not counted.
 */
export const healthyFunctions = text`
  # unit_restarts UNIT: how often systemd has restarted it since it was started
  unit_restarts() {
    systemctl show -P NRestarts "$1"
  }

  # unit_fault UNIT [RESTARTS]: why it will not become healthy; nothing while it may
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
    elif [ "$sub" = auto-restart ] || ((restarts > \${2:-0})); then
      echo "$1 ended by itself"
    fi
  }

  # unit_runs UNIT: it is active or becomes so
  unit_runs() {
    case $(systemctl is-active "$1") in
      active | activating | reloading) return 0 ;;
      *) return 1 ;;
    esac
  }

  # wait_unit UNIT URL SECONDS [RESTARTS]: prints why it is not
  wait_unit() {
    local left fault deadline=$((SECONDS + $3))
    local -i good=0
    while true; do
      fault=$(unit_fault "$1" "\${4:-0}")
      if [ -n "$fault" ]; then
        echo "$fault"
        return 1
      fi
      left=$((deadline - SECONDS))
      if ((left <= 0)); then
        echo "$1 was not healthy within $3 s"
        return 1
      fi
      if curl --fail --silent --max-time "$((left < 5 ? left : 5))" --output /dev/null "$2"; then good+=1; else good=0; fi
      if ((good >= ${timesHealthy})) && systemctl is-active --quiet "$1"; then return 0; fi
      sleep 0.5
    done
  }

  # log_of UNIT: its end
  log_of() {
    echo "the end of the log of $1:"
    journalctl --unit "$1" --lines 15 --no-pager --output cat || true
  }
`;
