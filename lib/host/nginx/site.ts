/** The public site on AWS: the web application's files, and the API behind rate limits. */
import type { Environment } from '../../config/environment.ts';
import { text } from '../bash/bash-template.ts';
import type { HostStep } from '../bash/step.ts';
import type { HostFacts } from '../facts.ts';
import { maintenanceFile, maintenanceHeadersFile, maintenanceMaps, maintenanceServer, maintenanceText } from '../maintenance/nginx.ts';
import { styleSource } from '../maintenance/page.ts';
import { paths } from '../paths.ts';
import { upstreamFile, upstreamText } from '../slots/nginx-upstream.ts';
import { slotState } from '../slots/state.ts';
import { headers, problem, problems, proxy, readOnly } from './answers.ts';
import { checklistCache, fromChecklistCache } from './cache.ts';
import {
  apiLimits,
  attemptKey,
  attemptKeyFile,
  callbackLimits,
  limitZones,
  publicLimits,
  sessionKey,
  sessionKeyFile,
  signInLimits,
  streamLimits,
  submitLimits,
} from './limits.ts';
import { nginxFiles, nginxFolder } from './nginx.ts';
import { endsSoon, sessionCheck, signedInToWrite } from './session.ts';

export function nginxSite(environment: Environment, facts: HostFacts): HostStep {
  return nginxFiles(
    [
      { path: `${nginxFolder}/headers.conf`, content: headers(environment) },
      { path: `${nginxFolder}/proxy.conf`, content: proxy },
      { path: maintenanceHeadersFile, content: headers(environment, { style: styleSource, cacheControl: 'no-store' }) },
      { path: maintenanceFile, printedBy: `${maintenanceText}\nmaintenance_text "$(maintenance_state)"` },
      { path: sessionKeyFile, content: sessionKey(environment.names.parameters.trust.aws['session-secret']), mode: '600', secret: true },
      { path: attemptKeyFile, content: attemptKey(environment.names.parameters.trust.aws['session-secret']), mode: '600', secret: true },
      { path: upstreamFile, printedBy: `${slotState}\n${upstreamText}\nupstream_text "$(serving_slot || echo a)"` },
      { path: `${nginxFolder}/site.conf`, content: site(facts) },
    ],
    { check: `directory_differs ${paths.challenges} 755 root:root`, apply: `make_directory ${paths.challenges} 755 root:root` },
  );
}

/** A line about an error quotes the query, and here it has one-time codes. */
const signIn = text`
  client_max_body_size 1k;
  error_log /var/log/nginx/error.log crit;
  include ${nginxFolder}/proxy.conf;
  ${problems}
`;

const unavailable = 'The service is starting or being renewed. Try again in a moment.';

function site({ publicUrl, unlimitedClients }: HostFacts): string {
  return text`
    include ${upstreamFile};

    # Files whose name changes with their content are kept for ever, all others are asked for again;
    # the API speaks for itself.
    map "$status:$uri" $cache_control {
        "~^(200|206|304):/assets/" "public, max-age=31536000, immutable";
        "~^[0-9]+:/(api|health)(/|$)" "";
        default "no-cache";
    }

    ${limitZones(unlimitedClients)}

    ${checklistCache}

    ${maintenanceMaps}

    gzip on;
    gzip_static on;
    gzip_vary on;
    gzip_proxied any;
    gzip_comp_level 5;
    gzip_min_length 1000;
    gzip_types text/plain text/css text/javascript application/javascript application/json application/problem+json application/manifest+json image/svg+xml;

    server {
        listen 80 default_server backlog=4096;
        server_name _;
        include ${nginxFolder}/headers.conf;

        location ^~ /.well-known/acme-challenge/ {
            root ${paths.challenges};
            default_type text/plain;
        }
        location / {
            return 308 ${publicUrl}$request_uri;
        }
    }

    server {
        include ${nginxFolder}/http2.conf;
        server_name _;
        ssl_certificate ${paths.tls}/site.pem;
        ssl_certificate_key ${paths.tls}/site-key.pem;
        include ${nginxFolder}/headers.conf;
        root ${paths.releases}/web/current;
        # As much as the API takes of everything but contracts.
        client_max_body_size 128k;
        proxy_read_timeout 30s;

        ${maintenanceServer}

        location / {
            try_files $uri /index.html;
        }
        location = /index.html {
        }
        location /assets/ {
            try_files $uri =404;
        }
        location ~ /\. {
            return 404;
        }

        # How it is inside is for the machine itself; that it lives is for everyone.
        location = /health/liveness {
            ${publicLimits}
            ${readOnly}
            include ${nginxFolder}/proxy.conf;
            ${problems}
        }
        location /health {
            allow 127.0.0.1;
            deny all;
            include ${nginxFolder}/proxy.conf;
        }

        ${sessionCheck}

        location /api/ {
            ${apiLimits}
            ${signedInToWrite}
            include ${nginxFolder}/proxy.conf;
            ${problems}
        }
        location = /api/checklist {
            ${publicLimits}
            ${readOnly}
            ${fromChecklistCache}
            include ${nginxFolder}/proxy.conf;
            ${problems}
        }
        # A signed-in user may sign out, whatever other clients at the same address do; so may one
        # whose session has ended.
        location = /api/auth/logout {
            ${apiLimits}
            client_max_body_size 1k;
            include ${nginxFolder}/proxy.conf;
            ${problems}
        }
        location = /api/auth/login {
            ${signInLimits}
            ${signIn}
        }
        location /api/auth/ {
            ${callbackLimits}
            ${signIn}
        }
        # Of locations by pattern the first that fits is taken.
        location ~ ^/api/contracts/[^/]+/events$ {
            ${streamLimits}
            include ${nginxFolder}/proxy.conf;
            proxy_buffering off;
            proxy_read_timeout 1h;
            gzip off;
            ${problems}
        }
        location ~ ^/api/contracts(/|$) {
            ${submitLimits}
            ${signedInToWrite}
            client_max_body_size 25m;
            include ${nginxFolder}/proxy.conf;
            proxy_read_timeout 300s;
            proxy_send_timeout 300s;
            ${problems}
        }

        location @signed-out { ${endsSoon} ${problem(401, 'sign in first', 'This path is for people who are signed in.')} }
        location @read-only { ${problem(405, 'method not allowed', 'Only GET and HEAD are answered here.', { Allow: 'GET, HEAD' })} }
        location @too-large { ${problem(413, 'too large', 'The request has more bytes than this path takes.')} }
        location @too-many { ${problem(429, 'too many requests', 'Wait a moment and try again.', { 'Retry-After': 2 })} }
        location @unavailable { ${problem(503, 'unavailable', unavailable, { 'Retry-After': 5 })} }
        location @too-slow { ${problem(504, 'too slow', 'The service did not answer in time.', { 'Retry-After': 5 })} }
    }
  `;
}
