/** One line for each answer: person, path, status, duration. No queries: they may be private. */
import { randomUUID } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import type { Deps } from '../deps.ts';
import type { AppEnv } from './env.ts';

/** What a proxy before us may have called the request. */
const requestIdForm = /^[\w-]{8,64}$/;

export function requestLog({ log, stopping }: Pick<Deps, 'log' | 'stopping'>): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const given = c.req.header('x-request-id') ?? '';
    const requestId = requestIdForm.test(given) ? given : randomUUID();
    c.set('requestId', requestId);
    c.set('log', log.child({ requestId }));
    const begun = performance.now();
    await next();
    // A shared cache would answer it to others too.
    if (!c.res.headers.get('cache-control')?.startsWith('public')) c.header('x-request-id', requestId);
    if (stopping.aborted) c.header('connection', 'close');
    const { method, path } = c.req;
    const line = { method, path, status: c.res.status, ms: Math.round((performance.now() - begun) * 10) / 10, person: c.get('person')?.id };
    c.get('log')[path.startsWith('/health') || path.startsWith('/internal') ? 'debug' : 'info'](line, 'request');
  };
}
