/**
 * The maintenance page in nginx: one file of its configuration says whether it is on. It is taken
 * up by a reload, and a machine that starts has what the file says.
 *
 * All requests are answered 503, but for the health of the service, which the machine itself may
 * ask, and the challenges of Let's Encrypt, which come without TLS.
 */
import { text } from '../bash/bash-template.ts';
import { nginxFolder } from '../nginx/nginx.ts';
import { paths } from '../paths.ts';
import { maintenancePage, maintenanceProblem, retrySeconds } from './page.ts';

export const maintenanceFile = `${nginxFolder}/maintenance.conf`;
export const maintenanceHeadersFile = `${nginxFolder}/maintenance-headers.conf`;

/** For the level of `http`: to whom it applies, and in which form. */
export const maintenanceMaps = text`
  map $uri $maintenance_applies {
      "~^/health(/|$)" 0;
      default 1;
  }
  map $uri $maintenance_answer {
      "~^/api(/|$)" @maintenance-api;
      default @maintenance-page;
  }
`;

/**
 * For the site's server. What answers is there whether the page is on or not, so that the file
 * which turns it on is short.
 */
export const maintenanceServer = text`
  include ${maintenanceFile};
  location @maintenance-page {
      internal;
      default_type text/html;
      include ${maintenanceHeadersFile};
      add_header Retry-After ${retrySeconds} always;
      return 503 '${maintenancePage}';
  }
  location @maintenance-api {
      internal;
      default_type application/problem+json;
      include ${maintenanceHeadersFile};
      add_header Retry-After ${retrySeconds} always;
      return 503 '${maintenanceProblem}';
  }
`;

/**
 * Bash: `maintenance_text on|off` prints the file, `maintenance_state` what it says. It is off
 * where there is no file.
 */
export const maintenanceText = text`
  maintenance_text() {
    echo '# Written by ${paths.tools}/maintenance.'
    [ "$1" = on ] || return 0
    printf 'error_page 503 %s;\nif (%s) {\n    return 503;\n}\n' "\$maintenance_answer" "\$maintenance_applies"
  }

  maintenance_state() {
    if grep -qs '^error_page 503' ${maintenanceFile}; then echo on; else echo off; fi
  }
`;
