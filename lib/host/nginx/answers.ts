/**
 * What all answers of the public site have in common: headers, the way to the API, errors in the
 * API's form.
 */
import type { Environment } from '../../config/environment.ts';
import { text } from '../bash/bash-template.ts';
import { nginxFolder } from './nginx.ts';

interface AnswerHeaders {
  /** A style in the page itself that is allowed, as a source of a Content-Security-Policy. */
  readonly style?: string;
  /** @default by the path and status */
  readonly cacheControl?: string;
}

/**
 * On every answer, errors too. nginx inherits them only where a location adds none of its own, so
 * that one includes this again. With the private authority there is no HSTS: a browser that once
 * saw it would refuse every later certificate of a trial.
 */
export function headers({ signIn, tls }: Environment, { style, cacheControl = '$cache_control' }: AnswerHeaders = {}): string {
  const provider = signIn ? ` ${new URL(signIn.issuer).origin}` : '';
  const policy = [
    "default-src 'self'",
    "img-src 'self' data: blob:",
    ...(style ? [`style-src ${style}`] : []),
    "object-src 'none'",
    "base-uri 'none'",
    `form-action 'self'${provider}`,
    "frame-ancestors 'none'",
  ].join('; ');
  const strict = 'add_header Strict-Transport-Security "max-age=63072000" always;';
  return text`
    add_header Content-Security-Policy "${policy}" always;
    add_header X-Content-Type-Options nosniff always;
    add_header X-Frame-Options DENY always;
    add_header Referrer-Policy strict-origin-when-cross-origin always;
    add_header Permissions-Policy "camera=(), geolocation=(), microphone=(), payment=(), usb=()" always;
    add_header Cross-Origin-Opener-Policy same-origin always;
    add_header Cross-Origin-Resource-Policy same-origin always;
    add_header Cache-Control ${cacheControl} always;
    ${tls === 'letsencrypt' ? strict : '# No HSTS: the authority is a private one.'}
  `;
}

/**
 * nginx is the one that speaks of security to browsers: what the API would say of it is not sent
 * twice. Bodies pass as they come, and answers wait in memory until they are taken: nothing that an
 * external client sends or does not take is written to a disk, and the API's own deadline for a
 * body ends one that trickles. nginx itself only limits the silence between two reads.
 */
export const proxy = text`
  proxy_pass http://api;
  proxy_http_version 1.1;
  proxy_set_header Connection "";
  proxy_set_header Host $host;
  proxy_set_header X-Forwarded-For $remote_addr;
  proxy_set_header X-Forwarded-Host $host;
  proxy_set_header X-Forwarded-Proto https;
  proxy_set_header X-Request-Id $request_id;
  proxy_connect_timeout 5s;
  proxy_next_upstream off;
  proxy_request_buffering off;
  proxy_buffers 8 16k;
  proxy_buffer_size 16k;
  proxy_busy_buffers_size 32k;
  proxy_max_temp_file_size 0;
  proxy_hide_header Content-Security-Policy;
  proxy_hide_header Strict-Transport-Security;
  proxy_hide_header X-Content-Type-Options;
  proxy_hide_header X-Frame-Options;
  proxy_hide_header Referrer-Policy;
  proxy_hide_header Permissions-Policy;
  proxy_hide_header Cross-Origin-Opener-Policy;
  proxy_hide_header Cross-Origin-Resource-Policy;
`;

/**
 * What nginx itself answers on the paths of the API is in the API's form. Answers of the API pass
 * as they are.
 */
export const problems =
  'error_page 413 @too-large; error_page 429 @too-many; error_page 500 502 503 =503 @unavailable; error_page 504 @too-slow;';

/**
 * For paths that are only read: everything else is answered before a body is read and without the
 * API.
 */
export const readOnly = text`
  client_max_body_size 1k;
  if ($request_method !~ "^(GET|HEAD)$") {
      return 405;
  }
  error_page 405 @read-only;
`;

/** @param extra headers of this answer alone */
export function problem(status: number, title: string, detail: string, extra: Readonly<Record<string, string | number>> = {}): string {
  const document = JSON.stringify({ type: 'about:blank', title, status, detail });
  const added = Object.entries(extra).map(([name, value]) => `add_header ${name} "${value}" always; `);
  const inherited = added.length > 0 ? `include ${nginxFolder}/headers.conf; ` : '';
  return `internal; default_type application/problem+json; ${inherited}${added.join('')}return ${status} '${document}';`;
}
