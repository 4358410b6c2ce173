/**
 * The two cookies of a session. One holds the token, which alone authenticates; every release reads
 * it the same way, so a release or a rollback signs no user out. The other is for nginx: the
 * person's id with a code by which nginx recognises that the API has written it for this token.
 * nginx counts the requests of signed-in people by that id (`secure_link_md5` in the site's
 * configuration), without asking the API. Requests with a forged code share the budget of their
 * address with unauthenticated ones.
 */
import { createHash } from 'node:crypto';
import type { Secret } from '../secret.ts';

export const sessionCookie = '__Host-session';
export const personCookie = '__Host-person';

/**
 * A token has 32 random bytes. Person and code stood behind it before they had a cookie of their
 * own.
 */
const cookieForm = /^([\w-]{43})(?:\.[1-9]\d{0,18}\.[\w-]{22})?$/;

/** `<person's id>.<code>` */
export function personCookieValue(token: string, personId: string, secret: Secret): string {
  return `${personId}.${code(token, personId, secret)}`;
}

/** The token of a cookie; undefined for anything that we do not write. */
export function tokenOf(cookie: string): string | undefined {
  return cookieForm.exec(cookie)?.[1];
}

/**
 * MD5 because it is what nginx can verify; the secret at the end and a random token before it leave
 * nothing to extend or to collide with.
 */
function code(token: string, personId: string, secret: Secret): string {
  return createHash('md5').update(`${token}.${personId} ${secret.reveal()}`).digest('base64url');
}
