/** The public site on AWS: the web application's files, and the API behind rate limits. */
import type { Environment } from '../config/environment.ts';
import type { HostFacts } from './facts.ts';
import { nginxFiles, nginxFolder } from './nginx.ts';
import { headers, problem, problems, proxy } from './nginx-answers.ts';
import { places, ports } from './places.ts';
import type { HostStep } from './step.ts';
import { text } from './text.ts';

/** What a person can't reach by hand, and a program soon does. */
const limits = { api: 'rate=20r/s', signIn: 'rate=20r/m', submit: 'rate=30r/m' } as const;

export function nginxSite(environment: Environment, facts: HostFacts): HostStep {
  return nginxFiles(
    [
      { path: `${nginxFolder}/headers.conf`, content: headers(environment) },
      { path: `${nginxFolder}/proxy.conf`, content: proxy },
      { path: `${nginxFolder}/site.conf`, content: site(facts) },
    ],
    { check: `directory_differs ${places.challenges} 755 root:root`, apply: `make_directory ${places.challenges} 755 root:root` },
  );
}

function site({ publicUrl, unlimitedClients }: HostFacts): string {
  return text`
    upstream api {
        server 127.0.0.1:${ports.api} max_fails=0;
        keepalive 128;
    }

    # Files whose name changes with their content are kept for ever, all others are asked for again; the API speaks for itself.
    map "$status:$uri" $cache_control {
        "~^(200|206|304):/assets/" "public, max-age=31536000, immutable";
        "~^[0-9]+:/(api|health)(/|$)" "";
        default "no-cache";
    }

    geo $unlimited {
        default 0;
        ${unlimitedClients.map((address) => `${address} 1;`).join(' ')}
    }
    map $unlimited $client {
        0 $binary_remote_addr;
        default "";
    }
    map $request_method $submitter {
        POST $client;
        default "";
    }
    limit_req_status 429;
    limit_req_log_level notice;
    limit_req_zone $client zone=api:10m ${limits.api};
    limit_req_zone $client zone=sign-in:10m ${limits.signIn};
    limit_req_zone $submitter zone=submit:10m ${limits.submit};

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
            root ${places.challenges};
            default_type text/plain;
        }
        location / {
            return 308 ${publicUrl}$request_uri;
        }
    }

    server {
        include ${nginxFolder}/http2.conf;
        server_name _;
        ssl_certificate ${places.tls}/site.pem;
        ssl_certificate_key ${places.tls}/site-key.pem;
        include ${nginxFolder}/headers.conf;
        root ${places.releases}/web/current;
        client_max_body_size 1m;
        proxy_read_timeout 30s;

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
            include ${nginxFolder}/proxy.conf;
        }
        location /health {
            allow 127.0.0.1;
            deny all;
            include ${nginxFolder}/proxy.conf;
        }

        location /api/ {
            limit_req zone=api burst=60 nodelay;
            include ${nginxFolder}/proxy.conf;
            ${problems}
        }
        location /api/auth/ {
            limit_req zone=sign-in burst=20 nodelay;
            # A line about an error quotes the query, and here it has one-time codes.
            error_log /var/log/nginx/error.log crit;
            include ${nginxFolder}/proxy.conf;
            ${problems}
        }
        # Of locations by pattern the first that fits is taken.
        location ~ ^/api/contracts/[^/]+/events$ {
            limit_req zone=api burst=60 nodelay;
            include ${nginxFolder}/proxy.conf;
            proxy_buffering off;
            proxy_cache off;
            proxy_read_timeout 1h;
            gzip off;
            ${problems}
        }
        location ~ ^/api/contracts(/|$) {
            limit_req zone=api burst=60 nodelay;
            limit_req zone=submit burst=20 nodelay;
            client_max_body_size 25m;
            include ${nginxFolder}/proxy.conf;
            proxy_read_timeout 300s;
            proxy_send_timeout 300s;
            ${problems}
        }

        location @too-large { ${problem(413, 'too large', 'The request has more bytes than this path takes.')} }
        location @too-many { ${problem(429, 'too many requests', 'Wait a moment and try again.', 2)} }
        location @unavailable { ${problem(503, 'unavailable', 'The service is starting or being renewed. Try again in a moment.', 5)} }
        location @too-slow { ${problem(504, 'too slow', 'The service did not answer in time.', 5)} }
    }
  `;
}
