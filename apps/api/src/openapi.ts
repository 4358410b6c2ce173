/** The OpenAPI document, made from the routes themselves. */
import { createRoute, z } from '@hono/zod-openapi';
import { sessionCookie } from './http/person.ts';
import { json } from './http/problem-schema.ts';
import type { Router } from './http/router.ts';

const read = createRoute({
  method: 'get',
  path: '/api/openapi.json',
  summary: 'This document',
  responses: { 200: json(z.looseObject({ openapi: z.string() }), 'OpenAPI 3.1') },
});

/** To be called when all routes are there. */
export function describe(app: Router): void {
  app.openAPIRegistry.registerComponent('securitySchemes', 'session', { type: 'apiKey', in: 'cookie', name: sessionCookie });
  let made: ReturnType<Router['getOpenAPI31Document']> | undefined;
  app.openapi(read, (c) => {
    made ??= app.getOpenAPI31Document({ openapi: '3.1.0', info: { title: 'Dojang, for tenants of rental housing', version: '1' } });
    c.header('cache-control', 'public, max-age=300');
    return c.json({ ...made }, 200);
  });
}
