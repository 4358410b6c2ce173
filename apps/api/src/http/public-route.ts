/** Reads that are the same for all clients, which shared caches may keep. */
import type { MiddlewareHandler } from 'hono';
import { invalid, notFound } from '../errors.ts';
import type { AppEnv } from './env.ts';

/**
 * A cache keeps answers by the address as it was written, so this answer has one:
 * `/api/%63hecklist`, `/api/x/../checklist` and `?1`, `?2` would each be another entry. Refusals
 * are not kept.
 * @throws Problem 404 for another spelling of the path, 422 for parameters, which the route does
 *   not have
 */
export function publicRoute(path: string): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const asked = target(c.env?.incoming?.url, c.req.url);
    if (asked.split('?')[0] !== path) throw notFound();
    if (asked !== path && asked !== `${path}?`) throw invalid([{ field: '', message: 'this address takes no parameters' }]);
    await next();
  };
}

/** As it came over the wire; where a test calls the application itself, as it was given. */
function target(wire: string | undefined, url: string): string {
  if (wire !== undefined) return wire;
  const { pathname, search } = new URL(url);
  return `${pathname}${search}`;
}
