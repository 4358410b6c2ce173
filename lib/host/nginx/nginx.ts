/**
 * What nginx is on both hosts: the frame around their sites, and how it is started and reloaded.
 */
import { text } from '../bash/bash-template.ts';
import { type FilesStep, filesStep, type HostFile } from '../bash/files.ts';
import { type HostHandler, type HostStep, step } from '../bash/step.ts';
import { nginxSandbox } from '../packages/package-sandbox.ts';
import { nginxTemporary, temporaryPaths } from './temporary.ts';

export const nginxFolder = '/etc/nginx/dojang';

/** One line of JSON for each request, written when it has ended. */
export const accessLog = '/var/log/nginx/access.log';

/** Seconds that a line waits in memory at most. */
export const logFlushSeconds = 1;

export const reloadNginx: HostHandler = {
  id: 'nginx-reload',
  title: 'Reload nginx when its configuration is right',
  run: text`
    nginx -t
    systemctl reload-or-restart nginx.service
  `,
  limitSeconds: 60,
};

/** What its unit says holds from its next start on. */
export const restartNginx: HostHandler = {
  id: 'nginx-restart',
  title: 'Restart nginx after its unit changed',
  run: 'restart_if_older nginx-restart nginx.service',
  limitSeconds: 60,
};

/** nginx has only our sites: the whole of its configuration is ours. */
export function nginxFiles(files: readonly HostFile[], more: Partial<FilesStep> = {}): HostStep {
  return filesStep({
    id: 'nginx-site',
    title: 'Site of nginx',
    ...more,
    files: [{ path: '/etc/nginx/nginx.conf', content: frame }, { path: `${nginxFolder}/tls.conf`, content: tls }, listen(), ...files],
    notifies: [reloadNginx.id],
  });
}

/**
 * 10,000 people may wait at once, each with a stream to them and one to the API. The log is for
 * machines, and has no query: sign-in puts its one-time codes there.
 */
const frame = text`
  user www-data;
  worker_processes auto;
  worker_rlimit_nofile 65536;
  worker_shutdown_timeout 320s;
  pid /run/nginx.pid;
  error_log /var/log/nginx/error.log warn;
  include /etc/nginx/modules-enabled/*.conf;

  events {
      worker_connections 32768;
      multi_accept on;
  }

  http {
      include /etc/nginx/mime.types;
      default_type application/octet-stream;
      charset utf-8;
      charset_types text/plain text/css application/javascript text/javascript application/json application/problem+json;
      sendfile on;
      tcp_nopush on;
      server_tokens off;
      keepalive_timeout 65s;
      keepalive_requests 10000;
      reset_timedout_connection on;
      client_header_timeout 15s;
      client_body_timeout 60s;
      send_timeout 60s;
      large_client_header_buffers 4 16k;
      ${temporaryPaths}
      open_file_cache max=2000 inactive=60s;
      open_file_cache_valid 10s;

      map $request_uri $path_alone {
          "~^(?<path>[^?]*)" $path;
      }
      log_format json escape=json
          '{"time":"$time_iso8601","address":"$remote_addr","method":"$request_method","path":"$path_alone","protocol":"$server_protocol",'
          '"status":$status,"bytes":$body_bytes_sent,"seconds":$request_time,"upstreamSeconds":"$upstream_response_time",'
          '"request":"$request_id","agent":"$http_user_agent","ended":$msec,"upstream":"$upstream_addr"}';
      access_log ${accessLog} json buffer=32k flush=${logFlushSeconds}s;

      include /etc/nginx/dojang/tls.conf;
      include /etc/nginx/dojang/site.conf;
  }
`;

/**
 * Mozilla's intermediate profile without the ciphers that lack forward secrecy.
 * https://ssl-config.mozilla.org
 */
const tls = text`
  ssl_protocols TLSv1.2 TLSv1.3;
  ssl_ciphers ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305;
  ssl_prefer_server_ciphers off;
  ssl_session_cache shared:tls:10m;
  ssl_session_timeout 1d;
  ssl_session_tickets off;
`;

/**
 * The one place that depends on nginx's version: from 1.25.1 on HTTP/2 has a directive of its own.
 */
function listen(): HostFile {
  return {
    path: `${nginxFolder}/http2.conf`,
    printedBy: text`
      local version
      version=$(nginx -v 2>&1 | sed 's|.*nginx/\([0-9.]*\).*|\1|')
      if dpkg --compare-versions "$version" ge 1.25.1; then
        printf 'listen 443 ssl backlog=4096;\nhttp2 on;\n'
      else
        printf 'listen 443 ssl http2 backlog=4096;\n'
      fi
    `,
  };
}

/** nginx runs with limits that carry its connections, and comes back by itself. */
export function nginxServer(): HostStep {
  return filesStep({
    id: 'nginx',
    title: 'nginx runs',
    files: [
      {
        path: '/etc/systemd/system/nginx.service.d/dojang.conf',
        content: text`
          [Unit]
          RequiresMountsFor=${nginxTemporary}
          StartLimitIntervalSec=0

          [Service]
          LimitNOFILE=65536
          Restart=on-failure
          RestartSec=2
          ${nginxSandbox}
        `,
      },
    ],
    check: text`
      unit_differs nginx.service
      local said
      said=$(nginx -t 2>&1) || grep -F '[emerg]' <<<"$said" || echo "nginx -t fails"
    `,
    apply: text`
      nginx -t
      start_unit nginx.service
    `,
    notifies: [restartNginx.id],
  });
}

/** The package's default site, which must not be served. */
export function noDefaultSite(): HostStep {
  const site = '/etc/nginx/sites-enabled/default';
  return step({
    id: 'nginx-default',
    title: "Without the package's default site",
    check: `[ ! -e ${site} ] && [ ! -L ${site} ] || echo "${site} is there"`,
    apply: `rm -f ${site}`,
  });
}
