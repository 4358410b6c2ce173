/** The settings that a release of the API declares, compared with those of its host. */
import { text } from '../../host/bash/bash-template.ts';
import { apiSettingsFile } from '../../host/slots/state.ts';

/** File of an artifact: `{ "settings": ["NAME", ...] }`, those without which it does not start. */
export const declarationFile = 'release.json';

/**
 * Bash. One that is set to nothing counts as missing, as the API itself has it. A release from
 * before they declared any needs none.
 */
export const requireSettings = text`
  missing_settings() {
    python3 - names "$release/${declarationFile}" <<'NAMES' | while read -r name; do
  import json, sys
  print(*json.load(open(sys.argv[2]))["settings"], sep="\n")
  NAMES
      grep -qE "^$name=\"?[^\"]" ${apiSettingsFile} || echo "$name"
    done
  }
  if [ -f "$release/${declarationFile}" ]; then
    missing=$(missing_settings)
    if [ -n "$missing" ]; then
      echo "the release needs settings that ${apiSettingsFile} has not: \${missing//$'\n'/, }"
      exit 1
    fi
  fi
`;
