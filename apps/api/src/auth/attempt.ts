/**
 * A sign-in that has begun: kept in a signed cookie, so that unfinished ones need no storage. What
 * follows the signature is for nginx, which counts returns by it: the second until which the
 * sign-in is good, and a code of both, since nginx verifies MD5 alone. The signature decides; a
 * release that does not know the rest ignores it.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Secret } from '../secret.ts';

const attempt = z.object({ state: z.string(), nonce: z.string(), verifier: z.string(), returnTo: z.string(), until: z.number() });
export type Attempt = Readonly<z.infer<typeof attempt>>;

export const attemptSeconds = 600;

export function sign(value: Attempt, secret: Secret): string {
  const text = Buffer.from(JSON.stringify(value)).toString('base64url');
  const signature = mac(text, secret).toString('base64url');
  // nginx takes the whole second as good, and so never ends a sign-in before `verify` does.
  const until = Math.floor(value.until / 1000);
  return `${text}.${signature}.${until}.${nginxCode(signature, until, secret)}`;
}

/** Undefined for anything that we have not signed, or that is too old. */
export function verify(cookie: string | undefined, secret: Secret, now: Date): Attempt | undefined {
  const [text = '', given = ''] = cookie?.split('.') ?? [];
  const signature = Buffer.from(given, 'base64url');
  const right = mac(text, secret);
  if (signature.length !== right.length || !timingSafeEqual(signature, right)) return undefined;
  const read = attempt.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
  return read.until > now.getTime() ? read : undefined;
}

/** What nginx verifies (`attemptKey` in lib/host/nginx/limits.ts). */
function nginxCode(signature: string, until: number, secret: Secret): string {
  return createHash('md5').update(`sign-in ${signature} ${until} ${secret.reveal()}`).digest('base64url');
}

/** Names the purpose in the signed text, since the same secret may sign other things. */
function mac(text: string, secret: Secret): Buffer {
  return createHmac('sha256', secret.reveal()).update(`sign-in ${text}`).digest();
}
