/** The public checklist. */
import { z } from '@hono/zod-openapi';
import { etag } from 'hono/etag';
import { withConnection } from '../db/with-connection.ts';
import type { Deps } from '../deps.ts';
import { CachedResponse, readLimitMs } from '../http/cached-response.ts';
import { json, refusal } from '../http/problem-schema.ts';
import { publicRoute } from '../http/public-route.ts';
import { createRouter, type Router } from '../http/router.ts';
import { readChecklist } from './checklist.ts';

const bilingual = z.object({ ko: z.string(), en: z.string() }).openapi('Bilingual');
const item = z.object({ id: z.string(), text: bilingual, why: bilingual });
const checklist = z
  .object({ sections: z.array(z.object({ id: z.string(), title: bilingual, items: z.array(item) })) })
  .openapi('Checklist');

/**
 * So long a process answers its copy before it asks the database again, and so long when the
 * database is away, in milliseconds. A shared cache adds its own minute, a browser another one:
 * what a migration corrects is everywhere after three minutes at most.
 */
const freshMs = 30_000;
const staleMs = 600_000;
const cacheControl = {
  fresh: 'public, max-age=60, stale-while-revalidate=30, stale-if-error=600',
  /** Old already: a cache asks again soon, and adds no time of its own. */
  stale: 'public, max-age=5',
} as const;

export function checklistRoutes({ db, clock }: Pick<Deps, 'db' | 'clock'>): Router {
  const read = () => withConnection(db, readLimitMs, readChecklist);
  const cached = new CachedResponse({ read, clock, freshMs, staleMs });
  const routes = createRouter();
  routes.openAPIRegistry.registerPath({
    method: 'get',
    path: '/',
    summary: 'What to look at before, at and after signing a lease',
    responses: {
      200: json(checklist, 'All sections, in order'),
      304: { description: 'As it was' },
      ...{ 404: refusal[404], 422: refusal[422], 503: refusal[503] },
    },
  });
  routes.get('/', publicRoute('/api/checklist'), etag(), async (c) => {
    const { body, etag, isStale } = await cached.current();
    return c.body(body, 200, { ...jsonType, etag, 'cache-control': isStale ? cacheControl.stale : cacheControl.fresh });
  });
  return routes;
}

const jsonType = { 'content-type': 'application/json' } as const;
