/** Caches keep no answer, unless a route sets another policy. */
import type { MiddlewareHandler } from 'hono';
import type { AppEnv } from './env.ts';

export const privately: MiddlewareHandler<AppEnv> = async (c, next) => {
  await next();
  if (!c.res.headers.has('cache-control')) c.header('cache-control', 'no-store');
};
