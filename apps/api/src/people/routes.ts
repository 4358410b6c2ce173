/** Who I am. */
import { createRoute, z } from '@hono/zod-openapi';
import type { Deps } from '../deps.ts';
import { perDay } from '../http/limits/quotas.ts';
import { json, refusal } from '../http/problem-schema.ts';
import { createRouter, type Router } from '../http/router.ts';
import { requirePerson, signedIn } from '../http/signed-in.ts';
import type { Parts } from '../modules.ts';

const me = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    plan: z.enum(['free', 'basic', 'pro']),
    limits: z.object({ perDay: z.int(), usedToday: z.int() }),
  })
  .openapi('Me');

const read = createRoute({
  method: 'get',
  path: '/',
  summary: 'The signed-in person, and how much of the day is used',
  responses: { 200: json(me, 'The person'), 401: refusal[401] },
});

export function meRoutes({ sessions }: Pick<Deps, 'sessions'>, { contracts }: Parts): Router {
  const router = createRouter();
  router.use(signedIn(sessions));
  return router.openapi(read, async (c) => {
    const person = requirePerson(c);
    const usedToday = (await contracts?.usedToday(person)) ?? 0;
    return c.json({ ...person, limits: { perDay: perDay[person.plan], usedToday } }, 200);
  });
}
