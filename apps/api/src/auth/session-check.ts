/**
 * What nginx asks before it reads the body of a request: whether its cookie is that of a session.
 * From outside nothing leads here.
 */
import { createRoute } from '@hono/zod-openapi';
import type { Deps } from '../deps.ts';
import { refusal } from '../http/problem-schema.ts';
import { createRouter, type Router } from '../http/router.ts';
import { signedIn } from '../http/signed-in.ts';

const read = createRoute({
  method: 'get',
  path: '/',
  summary: 'Whether the session cookie is valid; for nginx only',
  responses: { 204: { description: 'Signed in' }, 401: refusal[401] },
});

export function sessionCheck({ sessions }: Pick<Deps, 'sessions'>): Router {
  const router = createRouter();
  router.use(signedIn(sessions));
  return router.openapi(read, (c) => c.body(null, 204));
}
