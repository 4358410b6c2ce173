/** How a component serves on its host: two slots, or a link that nginx or a unit reads. */
import { text } from '../../host/bash/bash-template.ts';
import { lines } from '../../host/bash/files.ts';
import { ports, units } from '../../host/paths.ts';
import { healthyFunctions } from '../../host/services/healthy.ts';
import { readinessFunctions } from '../../host/services/readiness.ts';
import { slotFunctions } from '../../host/slots/functions.ts';
import { apiHome } from '../../host/slots/state.ts';
import type { App } from '../artifact.ts';

/** Where the AI server says whether it is healthy. */
const aiHealth = `http://127.0.0.1:${ports.ai}/health`;

const api = text`
  ${slotFunctions}

  serving_release() {
    local slot
    slot=$(serving_slot) && release_of "$slot"
  }

  serving_place() {
    serving_slot
  }

  serving_state() {
    systemctl is-active "$(unit_of "$(serving_slot)")"
  }

  # preferred_back: what the other slot holds may still run
  preferred_back() {
    release_of "$(idle_slot)"
  }

  # serving_fault: why what serves is not healthy
  serving_fault() {
    local slot
    slot=$(serving_slot)
    curl --fail --silent --max-time 10 --output /dev/null "$(readiness_url "$slot")" || echo "$(unit_of "$slot") does not report readiness"
  }

  # slot_runs SLOT RELEASE: it runs this release, or begins to, with the settings of now
  slot_runs() {
    [ "$(release_of "$1")" = "$2" ] && ! settings_differ "$1" && unit_runs "$(unit_of "$1")"
  }

  # slot_active SLOT RELEASE
  slot_active() {
    slot_runs "$1" "$2" && systemctl is-active --quiet "$(unit_of "$1")"
  }
`;

/** `current` is a link to the release; a move replaces it. */
const link = text`
  serving_release() {
    readlink -e "$home/current"
  }

  serving_place() {
    echo -
  }

  preferred_back() {
    true
  }

  # switch_link RELEASE
  switch_link() {
    ln -sfn "releases/$(basename "$1")" "$home/.next"
    mv -fT "$home/.next" "$home/current"
  }
`;

/**
 * A page that is open still asks for the files it was built with. `.own` lists those that a release
 * itself brought, not what it inherited.
 */
const web = text`
  ${link}

  serving_state() {
    systemctl is-active nginx.service
  }

  serving_fault() {
    local body
    if ! body=$(curl --insecure --fail --silent --max-time 10 https://127.0.0.1/) || [ -z "$body" ]; then echo "nginx does not answer with the page"; fi
  }

  # keep_assets RELEASE: it gets those of all that served
  keep_assets() {
    local other
    for other in "$home"/releases/*; do
      if [ "$other" = "$1" ] || [ ! -f "$other/.own" ] || [ ! -f "$other/.healthy" ]; then continue; fi
      (cd "$other" && xargs -r -d '\n' cp --parents --link --no-clobber -t "$1" <.own) || true
    done
  }
`;

const ai = text`
  ${link}
  ${healthyFunctions}
  ${readinessFunctions('ai')}

  # runs_link: its unit was started after the link was made
  runs_link() {
    local began
    unit_runs ${units.ai} || return 1
    began=$(systemctl show --timestamp=us -P ExecMainStartTimestamp ${units.ai})
    [ -n "$began" ] && (($(date -d "$began" +%s%6N) >= $(stat -c %.6Y "$home/current" | tr -d .)))
  }

  serving_state() {
    if systemctl is-active --quiet ${units.ai} && ! runs_link; then
      echo "not restarted with it yet"
    elif systemctl is-active --quiet ${units.ai} && [ ! -f "$(serving_release)/.healthy" ]; then
      echo "not healthy"
    else
      systemctl is-active ${units.ai}
    fi
  }

  serving_fault() {
    curl --fail --silent --max-time 10 --output /dev/null ${aiHealth} || echo "${units.ai} does not report health$(no_model | sed 's/^/: /')"
  }

  # no_model: what the server itself says of a model that is away; it is not its fault
  no_model() {
    curl --silent --max-time 5 ${aiHealth} | python3 -c 'import json, sys; print(json.load(sys.stdin)["reason"])' 2>/dev/null
  }

  # restart_unit: stopped first, so that the one before does not answer any more
  restart_unit() {
    adapt_readiness
    systemctl stop ${units.ai}
    systemctl reset-failed ${units.ai} 2>/dev/null || true
    systemctl start --no-block ${units.ai}
  }

  # wait_ai SECONDS [RESTARTS]: prints why it is not healthy
  wait_ai() {
    wait_unit ${units.ai} ${aiHealth} "$1" "\${2:-0}"
  }

  # return_to RELEASE SECONDS: prints why that one is not healthy
  return_to() {
    if [ "$(serving_release)" != "$1" ]; then switch_link "$1"; fi
    if ! runs_link || [ -n "$(unit_fault ${units.ai})" ]; then restart_unit; fi
    wait_ai "$2" || no_model >/dev/null
  }
`;

export const componentFunctions: Readonly<Record<App, string>> = { web, api, ai };

/** What each script does first, holding the lock. */
export const componentStart: Readonly<Record<App, string | undefined>> = {
  web: undefined,
  api: lines(`install -d ${apiHome}/slots`, 'settle_nginx'),
  ai: undefined,
};
