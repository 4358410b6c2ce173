/** The program by which a restore stops and starts the release of the API that serves. */
import type { Environment } from '../../../config/environment.ts';
import { quoted, text } from '../../bash/bash-template.ts';
import { paths } from '../../paths.ts';
import { slotFunctions } from '../../slots/functions.ts';
import { apiSettingsFile } from '../../slots/state.ts';
import { noMetadata } from '../../system/metadata-address.ts';

/** Where the password lies during a migration; a run that was killed left its file. */
const settings = '/run/dojang-restore-migrate';
const migrationSeconds = 480;

/**
 * `stop` ends both slots when their requests have ended. No release script runs that would put
 * right what a killed release left, so nginx sends to the slot that serves alone first: `start`
 * starts no other. `migrate` brings tables that are older than the release that serves forward to
 * it, as the release itself was migrated. `start` fails when it is not healthy. Without a release
 * each does nothing.
 */
export function servingApiProgram({ api, names }: Pick<Environment, 'api' | 'names'>): string {
  return text`
    #!/bin/bash
    # serving-api stop | migrate | start: the release that serves, while its database is replaced
    set -euo pipefail
    export PATH=$PATH:/usr/sbin:/sbin
    ${slotFunctions}
    stop() {
      local slot
      if serving_slot >/dev/null; then settle_nginx; fi
      for slot in a b; do systemctl stop "$(unit_of "$slot")"; done
    }
    migrate() {
      local release file
      release=$(release_of "$(serving_slot || echo none)") || return 0
      rm -f ${settings}.*
      file=$(mktemp ${settings}.XXXXXX)
      trap 'rm -f ${settings}.*' EXIT
      grep -vE '^MYSQL_(USER|PASSWORD)=' ${apiSettingsFile} >"$file"
      printf 'MYSQL_USER=migrate\nMYSQL_PASSWORD=%s\n' "$(${paths.tools}/secret get ${quoted(names.parameters.trust.aws['mysql-migrate'])})" >>"$file"
      systemd-run --quiet --wait --pipe --collect --property=DynamicUser=yes --property=EnvironmentFile="$file" \
        '--property=${noMetadata}' --property=RuntimeMaxSec=${migrationSeconds} \
        "$release/bin/node" "$release/migrate.js" </dev/null
    }
    start() {
      local slot fault
      slot=$(serving_slot) && release_of "$slot" >/dev/null || return 0
      systemctl reset-failed "$(unit_of "$slot")" 2>/dev/null || true
      systemctl start --no-block "$(unit_of "$slot")"
      if ! fault=$(wait_healthy "$slot" ${api.healthSeconds}); then
        echo "$fault" >&2
        return 1
      fi
    }
    case $1 in
      stop | migrate | start) "$1" ;;
    esac
  `;
}
