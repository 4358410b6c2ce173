/** The OpenAPI document, made from the routes themselves. */
import { createHash } from 'node:crypto';
import { z } from '@hono/zod-openapi';
import { etag } from 'hono/etag';
import { json, refusal } from './http/problem-schema.ts';
import { publicRoute } from './http/public-route.ts';
import type { Router } from './http/router.ts';
import { sessionCookie } from './sessions/session-cookie.ts';

const path = '/api/openapi.json';

/** To be called when all routes are there. */
export function describe(app: Router): void {
  app.openAPIRegistry.registerComponent('securitySchemes', 'session', { type: 'apiKey', in: 'cookie', name: sessionCookie });
  app.openAPIRegistry.registerPath({
    method: 'get',
    path,
    summary: 'This document',
    responses: {
      200: json(z.looseObject({ openapi: z.string() }), 'OpenAPI 3.1'),
      304: { description: 'As it was' },
      ...{ 404: refusal[404], 422: refusal[422] },
    },
  });
  let made: { readonly body: string; readonly headers: Record<string, string> } | undefined;
  app.get(path, publicRoute(path), etag(), (c) => {
    made ??= serialised(app);
    return c.body(made.body, 200, made.headers);
  });
}

/** It stays the same as long as the process runs. */
function serialised(app: Router) {
  const body = JSON.stringify(
    app.getOpenAPI31Document({ openapi: '3.1.0', info: { title: 'Dojang, for tenants of rental housing', version: '1' } }),
  );
  const tag = createHash('sha256').update(body).digest('base64url');
  return { body, headers: { 'content-type': 'application/json', etag: `"${tag}"`, 'cache-control': 'public, max-age=300' } };
}
