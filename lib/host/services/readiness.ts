/**
 * The units wait for a release to report its readiness (`Type=notify`) and to send heartbeats. A
 * release from before either, which a rollback may bring back, would be killed again and again: a
 * drop-in lets the unit run it without.
 */
import { text } from '../bash/bash-template.ts';
import { paths, units } from '../paths.ts';

type Service = keyof typeof units;

/** In bash, within double quotes; `$slot` of the API is set by the caller. */
const folders: Readonly<Record<Service, string>> = {
  api: `${paths.releases}/api/slots/$slot`,
  ai: `${paths.releases}/ai/current`,
};

/** True in bash when the release reports its readiness: by the file that came with it. */
const reportsReadiness: Readonly<Record<Service, string>> = {
  api: `[ -e "${folders.api}/content-worker.js" ]`,
  ai: `compgen -G "${folders.ai}/venv/lib/python*/site-packages/dojang_ai/notify.py" >/dev/null`,
};

const dropInFolders: Readonly<Record<Service, string>> = {
  api: '/etc/systemd/system/dojang-api@$slot.service.d',
  ai: `/etc/systemd/system/${units.ai}.d`,
};

/**
 * Bash functions, which repeat nothing when run twice: `readiness_differs` prints what differs
 * between the drop-in and the release, `adapt_readiness` writes or removes the drop-in. No release
 * needs none. Those of the API are for the slot in `$slot`.
 */
export function readinessFunctions(app: Service): string {
  const folder = dropInFolders[app];
  const file = `${folder}/without-readiness.conf`;
  return text`
    readiness_drop_in() {
      printf '[Service]\nType=exec\nWatchdogSec=0\n'
    }
    needs_readiness_drop_in() {
      if [ ! -e "${folders[app]}" ]; then return 1; fi
      if ${reportsReadiness[app]}; then return 1; fi
    }
    readiness_differs() {
      if needs_readiness_drop_in; then
        [ "$(cat "${file}" 2>/dev/null)" = "$(readiness_drop_in)" ] || echo "${file} is missing: the release does not report its readiness"
      elif [ -e "${file}" ]; then
        echo "${file} is there: the release reports its readiness"
      fi
    }
    adapt_readiness() {
      [ -n "$(readiness_differs)" ] || return 0
      rm -f "${file}"
      if needs_readiness_drop_in; then
        install -d "${folder}"
        readiness_drop_in >"${file}.new"
        mv -fT "${file}.new" "${file}"
      fi
      systemctl daemon-reload
    }
  `;
}
