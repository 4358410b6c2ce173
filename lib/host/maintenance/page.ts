/** What visitors get while the maintenance page is on. */
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';

/** Seconds after which a browser, and a program that reads `Retry-After`, asks again. */
export const retrySeconds = 60;

const style =
  'body{font:1.1rem/1.6 system-ui,sans-serif;max-width:34rem;margin:15vh auto;padding:0 1.5rem;color:#222;background:#fafaf8}' +
  'h1{font-size:1.5rem;margin:0}section+section{margin-top:2.5rem}' +
  '@media(prefers-color-scheme:dark){body{color:#eee;background:#1b1b1b}}';

/** What the page's Content-Security-Policy allows beside the site's own: this one style. */
export const styleSource = `'sha256-${base64(sha256(utf8ToBytes(style)))}'`;

/**
 * In Korean and English; it asks again by itself. It is part of nginx's configuration, as one word
 * in single quotes: no quote, backslash or dollar, and less than 4096 bytes.
 */
export const maintenancePage = [
  '<!doctype html>',
  '<html lang="ko"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">',
  `<meta name="robots" content="noindex"><meta http-equiv="refresh" content="${retrySeconds}">`,
  `<title>점검 중 · Under maintenance</title><style>${style}</style></head><body><main>`,
  '<section><h1>점검 중입니다</h1><p>서비스를 점검하고 있어 잠시 이용할 수 없습니다. 끝나면 이 페이지가 저절로 새로 열립니다. 저장된 내용은 그대로 있습니다.</p></section>',
  '<section lang="en"><h1>Under maintenance</h1><p>The service is being worked on and is not available for the moment. This page opens it again by itself. What you have saved is kept.</p></section>',
  '</main></body></html>',
].join('');

/** In the form of the API's errors (RFC 9457). */
export const maintenanceProblem = JSON.stringify({
  type: 'about:blank',
  title: 'under maintenance',
  status: 503,
  detail: '점검 중입니다. 잠시 후 다시 시도해 주세요. The service is being worked on. Try again in a minute.',
});

function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
