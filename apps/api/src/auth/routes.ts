/** Signing in with the provider, and out. */
import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import * as oidc from 'openid-client';
import type { Deps } from '../deps.ts';
import { invalid, Problem } from '../errors.ts';
import type { AppEnv } from '../http/env.ts';
import { refusal } from '../http/problem-schema.ts';
import { createRouter, type Router } from '../http/router.ts';
import { welcome } from '../people/people.ts';
import { personCookie, personCookieValue, sessionCookie } from '../sessions/session-cookie.ts';
import { sessionLimits } from '../sessions/sessions.ts';
import { attemptSeconds, sign, verify } from './attempt.ts';
import { Provider } from './provider.ts';
import { longestReturnTo, safeReturnTo, tooLongReturnTo, withOutcome } from './return-to.ts';

export const attemptCookie = '__Host-sign-in';
const cookie = { httpOnly: true, secure: true, sameSite: 'Lax', path: '/' } as const;

const redirect = { description: 'To the next page', headers: z.object({ location: z.string() }) };

/**
 * Anything that is no page of ours leads to the first page; only what cannot be kept is refused.
 */
const returnTo = z.string('must be given once').max(longestReturnTo, tooLongReturnTo).optional();

/**
 * What the provider puts into an address is ASCII that can be printed (RFC 6749, appendix A). Other
 * parameters are not read.
 */
const callbackText = z
  .string('must be given once')
  .regex(/^[\x20-\x7e]{0,4096}$/, 'must have at most 4096 characters of ASCII')
  .optional();

const login = createRoute({
  method: 'get',
  path: '/login',
  summary: 'Begin to sign in',
  request: { query: z.object({ returnTo }) },
  responses: { 302: redirect, 422: refusal[422], 503: refusal[503] },
});
const callback = createRoute({
  method: 'get',
  path: '/callback',
  summary: 'Where the provider sends people back to',
  request: { query: z.object({ code: callbackText, state: callbackText, iss: callbackText, error: callbackText }) },
  responses: { 302: redirect, 400: refusal[400], 403: refusal[403], 422: refusal[422], 503: refusal[503] },
});
const logout = createRoute({
  method: 'post',
  path: '/logout',
  summary: 'Sign out',
  responses: { 204: { description: 'Signed out' }, 403: refusal[403] },
});

export function authRoutes({ settings, db, log, clock, sessions }: Deps): Router {
  const { publicUrl, sessionSecret } = settings;
  const provider = new Provider(settings.oidc, publicUrl, log);
  return createRouter()
    .openapi(login, (c) => {
      const returnTo = safeReturnTo(c.req.valid('query').returnTo, publicUrl);
      if (returnTo.length > longestReturnTo) throw invalid([{ field: 'returnTo', message: tooLongReturnTo }]);
      return orBackTo(c, returnTo, publicUrl, async () => {
        const until = clock().getTime() + attemptSeconds * 1000;
        const attempt = { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier: oidc.randomPKCECodeVerifier(), returnTo, until };
        const address = await provider.begin(attempt);
        setCookie(c, attemptCookie, sign(attempt, sessionSecret), { ...cookie, maxAge: attemptSeconds });
        return c.redirect(address.href, 302);
      });
    })
    .openapi(callback, (c) => {
      const attempt = verify(getCookie(c, attemptCookie), sessionSecret, clock());
      deleteCookie(c, attemptCookie, cookie);
      return orBackTo(c, attempt?.returnTo ?? '/', publicUrl, async () => {
        if (!attempt)
          throw new Problem(400, 'sign-in-failed', 'Signing in did not work', { detail: 'It was not begun here, or too long ago.' });
        const personId = await welcome(db, await provider.finish(new URL(c.req.url).search, attempt), clock());
        await forget(c, sessions);
        const token = await sessions.open(personId);
        const lasting = { ...cookie, maxAge: sessionLimits.absolute / 1000 };
        setCookie(c, sessionCookie, token, lasting);
        setCookie(c, personCookie, personCookieValue(token, personId, sessionSecret), lasting);
        return c.redirect(attempt.returnTo, 302);
      });
    })
    .openapi(logout, async (c) => {
      await forget(c, sessions);
      for (const name of [sessionCookie, personCookie]) deleteCookie(c, name, cookie);
      return c.body(null, 204);
    });
}

const outcomes: Readonly<Record<number, string>> = { 403: 'refused', 503: 'unavailable' };

/** Redirects a browser to a page that shows the outcome; other clients get the problem. */
async function orBackTo(c: Context<AppEnv>, returnTo: string, publicUrl: string, work: () => Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Problem) || !c.req.header('accept')?.includes('text/html')) throw error;
    c.get('log').warn({ status: error.status, type: error.details.type, cause: causeOf(error) }, 'sign-in failed');
    return c.redirect(withOutcome(returnTo, outcomes[error.status] ?? 'failed', publicUrl), 302);
  }
}

function causeOf({ cause }: Problem): string | undefined {
  return cause instanceof Error ? cause.message : undefined;
}

async function forget(c: Context<AppEnv>, sessions: Deps['sessions']): Promise<void> {
  const token = getCookie(c, sessionCookie);
  if (token !== undefined) await sessions.close(token);
}
