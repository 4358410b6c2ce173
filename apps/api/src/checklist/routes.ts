/** The checklist, for everybody. */
import { createRoute, z } from '@hono/zod-openapi';
import type { Deps } from '../deps.ts';
import { json } from '../http/problem-schema.ts';
import { createRouter, type Router } from '../http/router.ts';
import { readChecklist } from './checklist.ts';

const bilingual = z.object({ ko: z.string(), en: z.string() }).openapi('Bilingual');
const item = z.object({ id: z.string(), text: bilingual, why: bilingual });
const checklist = z
  .object({ sections: z.array(z.object({ id: z.string(), title: bilingual, items: z.array(item) })) })
  .openapi('Checklist');

const read = createRoute({
  method: 'get',
  path: '/',
  summary: 'What to look at before, at and after signing a lease',
  responses: { 200: json(checklist, 'All sections, in order') },
});

export function checklistRoutes({ db }: Pick<Deps, 'db'>): Router {
  return createRouter().openapi(read, async (c) => {
    c.header('cache-control', 'public, max-age=300, stale-while-revalidate=60, stale-if-error=3600');
    const { sections } = await readChecklist(db);
    return c.json({ sections: [...sections] }, 200);
  });
}
