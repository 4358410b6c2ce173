/**
 * What the session's cookie holds: the token, and the person's id with a code by which nginx recognises that we have written it. nginx
 * counts the requests of signed-in people by that id (`secure_link_md5` in the site's configuration), without asking us: whoever invents a
 * cookie shares the budget of their address with everyone else who is not signed in. The code opens nothing: who asks is decided by the
 * token alone.
 */
import { createHash } from 'node:crypto';
import type { Secret } from '../secret.ts';

/** A token has 32 random bytes. Without a person behind it, as tokens of before have none, it is counted by address. */
const cookieForm = /^([\w-]{43})(?:\.[1-9]\d{0,18}\.[\w-]{22})?$/;

/** `<token>.<person's id>.<code>` */
export function sessionCookieValue(token: string, personId: string, secret: Secret): string {
  return `${token}.${personId}.${code(token, personId, secret)}`;
}

/** The token of a cookie; undefined for anything that we do not write. */
export function tokenOf(cookie: string): string | undefined {
  return cookieForm.exec(cookie)?.[1];
}

/** MD5 because it is what nginx can verify; the secret at the end and a random token before it leave nothing to extend or to collide with. */
function code(token: string, personId: string, secret: Secret): string {
  return createHash('md5').update(`${token}.${personId} ${secret.reveal()}`).digest('base64url');
}
