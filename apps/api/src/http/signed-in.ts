/** Which paths need a session, and whose it is. */
import type { Context, MiddlewareHandler } from 'hono';
import { getCookie } from 'hono/cookie';
import { Problem } from '../errors.ts';
import type { Person } from '../people/person.ts';
import { sessionCookie } from '../sessions/session-cookie.ts';
import type { Sessions } from '../sessions/sessions.ts';
import type { AppEnv } from './env.ts';

/** For paths that are for signed-in people alone: 401 to others. */
export function signedIn(sessions: Sessions): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    await look(sessions, c);
    requirePerson(c);
    await next();
  };
}

/** For public paths that answer more to a signed-in person. */
export function maybeSignedIn(sessions: Sessions): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    await look(sessions, c);
    await next();
  };
}

/** The signed-in person. @throws Problem 401 */
export function requirePerson(c: Context<AppEnv>): Person {
  const person = c.get('person');
  if (!person) throw new Problem(401, 'sign-in', 'Sign in first');
  return person;
}

async function look(sessions: Sessions, c: Context<AppEnv>): Promise<void> {
  const token = getCookie(c, sessionCookie);
  c.set('person', token === undefined ? undefined : await sessions.find(token));
}
