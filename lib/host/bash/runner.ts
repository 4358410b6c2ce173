/**
 * The bash that carries out steps and reports each: one at a time on a host, each within its limit.
 */
import { text } from './bash-template.ts';

/** Where a run keeps what it needs. */
export interface RunPaths {
  /** In memory: what a check compares may be secret. */
  readonly work: string;
  /** What must outlive a run that was cut off. */
  readonly state: string;
  readonly log: string;
  /** The reader of secrets. @default where the recipe puts it */
  readonly secretTool?: string;
}

export const runPaths: RunPaths = {
  work: '/run/dojang-provision',
  state: '/var/lib/dojang/provision',
  log: '/var/log/dojang/provision.log',
};

/** Runs steps and reports each on stdout. `mode` is `check` or `apply`. */
export const runner = text`
  reported=0
  stopped=

  # report KIND ID STATUS <DETAILS: one line for each; beyond what Systems Manager keeps only the
  # status
  report() {
    local line
    local -i count=0
    while IFS= read -r line; do
      ((reported < 16000)) || continue
      line=\${line//$'\t'/ }
      printf '%s\t%s\t%s\t%s\n' "$1" "$2" "$3" "\${line:0:240}"
      reported=$((reported + \${#line} + 40))
      count+=1
    done
    ((count > 0)) || printf '%s\t%s\t%s\t\n' "$1" "$2" "$3"
  }

  # limited SECONDS FUNCTION...: in a process group of its own, which also ends when this script was
  # killed
  limited() {
    local seconds=$1 child watchdog status
    shift
    "$@" &
    child=$!
    { sleep "$seconds"; kill -KILL -- "-$child"; } >/dev/null 2>&1 9>&- &
    watchdog=$!
    wait "$child" 2>/dev/null
    status=$?
    { kill -KILL -- "-$watchdog"; wait "$watchdog"; } 2>/dev/null
    [ "$status" -ne 137 ] || echo "ended after $seconds s" >&2
    return "$status"
  }

  strictly() {
    set -e
    "$@"
  }

  # step ID FUNCTIONS SECONDS HANDLER...
  step() {
    local id=$1 name=$2 seconds=$3 handler status
    shift 3
    [ -z "$stopped" ] || return 0
    limited "$seconds" "check_$name" >"$work/found" 2>"$work/output"
    status=$?
    if [ "$status" -ne 0 ]; then
      failed "$id" "$work/found" "$work/output"
    elif [ ! -s "$work/found" ]; then
      report step "$id" ok </dev/null
    elif [ "$mode" = check ]; then
      report_first step "$id" differs "$work/found"
    else
      for handler in "$@"; do : >"$state_folder/pending/$handler"; done
      put_right "$id" "$name" "$seconds"
    fi
  }

  # put_right ID FUNCTIONS SECONDS
  put_right() {
    local status
    : >"$work/notes"
    limited "$3" strictly "apply_$2" >"$work/output" 2>&1
    status=$?
    { echo "== $(date -u +%FT%TZ) $1"; cat "$work/found" "$work/output"; } >>"$log"
    if [ "$status" -ne 0 ]; then
      failed "$1" "$work/output"
      return
    fi
    limited "$3" "check_$2" >"$work/left" 2>"$work/output"
    status=$?
    if [ "$status" -ne 0 ] || [ -s "$work/left" ]; then
      failed "$1" "$work/left" "$work/output"
    else
      cat "$work/notes" "$work/found" >"$work/all"
      report_first step "$1" changed "$work/all"
    fi
  }

  # failed ID FILE...: an apply goes no further
  failed() {
    local id=$1
    shift
    cat "$@" >"$work/all"
    report_last step "$id" failed "$work/all"
    [ "$mode" = check ] || stopped=$id
  }

  # report_first, report_last KIND ID STATUS FILE: its first or last lines
  report_first() {
    local -i all
    all=$(wc -l <"$4")
    head -n 12 "$4" >"$work/reported"
    ((all <= 12)) || echo "and $((all - 12)) more" >>"$work/reported"
    report "$1" "$2" "$3" <"$work/reported"
  }

  report_last() {
    tail -n 12 "$4" >"$work/reported"
    report "$1" "$2" "$3" <"$work/reported"
  }

  # handler ID FUNCTION SECONDS
  handler() {
    local status
    [ -e "$state_folder/pending/$1" ] || return 0
    if [ "$mode" = check ]; then
      report handler "$1" differs <<<"not done since a change"
      return
    fi
    limited "$3" strictly "handle_$2" >"$work/output" 2>&1
    status=$?
    { echo "== $(date -u +%FT%TZ) $1"; cat "$work/output"; } >>"$log"
    if [ "$status" -ne 0 ]; then
      report_last handler "$1" failed "$work/output"
      return
    fi
    rm -f "$state_folder/pending/$1"
    report handler "$1" changed </dev/null
  }
`;
