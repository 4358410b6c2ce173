/** The bash words that checks and applies are written in. */
import { packageManager } from '../packages/package-manager.ts';
import { text } from './bash-template.ts';

export const bashFunctions = text`
  # file_differs PATH MODE OWNER PRODUCER: what is wrong with a file
  file_differs() {
    local path=$1 rights="$2 $3" actual
    if [ -L "$path" ] || [ ! -f "$path" ]; then
      echo "$path is missing"
      return
    fi
    (umask 077 && "$4" >"$work/wanted") || return
    cmp -s "$work/wanted" "$path" || echo "$path differs"
    rm -f "$work/wanted"
    actual=$(stat -c '%a %U:%G' "$path")
    [ "$actual" = "$rights" ] || echo "$path is $actual, not $rights"
  }

  # write_file PATH MODE OWNER PRODUCER
  write_file() {
    local path=$1 new
    new=$(dirname "$path")/.$(basename "$path").new
    mkdir -p "$(dirname "$path")"
    rm -rf "$new"
    (umask 077 && "$4" >"$new")
    chown "$3" "$new"
    chmod "$2" "$new"
    sync "$new"
    mv -fT "$new" "$path"
  }

  # directory_differs PATH MODE OWNER
  directory_differs() {
    local actual
    if [ -L "$1" ] || [ ! -d "$1" ]; then
      echo "$1 is missing"
      return
    fi
    actual=$(stat -c '%a %U:%G' "$1")
    [ "$actual" = "$2 $3" ] || echo "$1 is $actual, not $2 $3"
  }

  # make_directory PATH MODE OWNER
  make_directory() {
    mkdir -p "$1"
    chown "$3" "$1"
    chmod "$2" "$1"
  }

  # unit_differs UNIT: enabled, running, and as its file says
  unit_differs() {
    local enabled
    enabled=$(systemctl is-enabled "$1" 2>/dev/null)
    case $enabled in
      enabled | alias | static | indirect) ;;
      *) echo "$1 is \${enabled:-unknown}, not enabled" ;;
    esac
    [ "$(systemctl show -P NeedDaemonReload "$1")" != yes ] || echo "$1 is not as its file says: daemon-reload is missing"
    systemctl is-active -q "$1" || echo "$1 is $(systemctl is-active "$1"), not active"
  }

  # start_unit UNIT
  start_unit() {
    systemctl daemon-reload
    systemctl enable -q "$1"
    systemctl reset-failed "$1" 2>/dev/null || true
    systemctl start "$1"
  }

  # restart_if_older HANDLER UNIT: unless it was started after the change, or does not run at all
  restart_if_older() {
    local started
    systemctl daemon-reload
    systemctl is-active -q "$2" || return 0
    started=$(date -d "$(systemctl show --timestamp=us -P InactiveExitTimestamp "$2")" +%s%N)
    [ "$started" -gt "$(date -r "$state_folder/pending/$1" +%s%N)" ] || systemctl restart "$2"
  }

  in_container() {
    systemd-detect-virt -qc
  }

  # secret get NAME | secret fill
  secret() {
    if [ ! -x "$secret_tool" ]; then
      echo "$secret_tool is missing: the step secret-tool comes first" >&2
      return 1
    fi
    "$secret_tool" "$@"
  }

  # note LINE: something worth reading about an apply that succeeds
  note() {
    echo "$1" | tee -a "$work/notes"
  }

${packageManager()}
`;
