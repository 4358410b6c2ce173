/** Only our own pages may use unsafe methods: a browser sends the site of the page in `Origin`. */
import type { MiddlewareHandler } from 'hono';
import { Problem } from '../errors.ts';
import type { AppEnv } from './env.ts';

const safe = new Set(['GET', 'HEAD', 'OPTIONS']);

export function sameOrigin(publicUrl: string): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const foreign = !safe.has(c.req.method) && c.req.header('origin') !== publicUrl;
    if (foreign) throw new Problem(403, 'foreign-origin', 'This page may not do that', { detail: `Origin must be ${publicUrl}` });
    await next();
  };
}
