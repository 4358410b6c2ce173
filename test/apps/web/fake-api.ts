/**
 * An imitation of the service on loopback: the built site, and the API of its contract with
 * everything in memory.
 */
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { contractRoutes } from './fake/contracts.ts';
import { listingRoutes, noteRoutes } from './fake/houses.ts';
import { problem } from './fake/problem.ts';
import { siteRoutes } from './fake/site.ts';
import { FakeState, someone } from './fake/state.ts';
import { checklist } from './fake/words.ts';

export interface FakeService {
  readonly url: string;
  readonly state: FakeState;
  close(): Promise<void>;
}

/** @param dist the built site. @param port 0 for any that is free. */
export async function startFakeService(dist: string, port = 0): Promise<FakeService> {
  const state = new FakeState();
  const app = new Hono();
  app.route('/api', api(state));
  app.route('/', siteRoutes(dist));
  const listening = Promise.withResolvers<AddressInfo>();
  const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port }, listening.resolve);
  const address = await listening.promise;
  return {
    url: `http://127.0.0.1:${address.port}`,
    state,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}

/** What only signed-in people may see. */
const own = ['/api/me', '/api/notes', '/api/contracts'];

function api(state: FakeState): Hono {
  const app = new Hono();
  app.use(async (c, next) => {
    const failure = state.failures.get(`${c.req.method} ${c.req.path}`);
    if (failure) {
      const headers = { 'content-type': 'application/problem+json', ...failure.headers };
      return c.newResponse(JSON.stringify(failure.body ?? {}), { status: failure.status as 400, headers });
    }
    const unsafe = !['GET', 'HEAD'].includes(c.req.method);
    if (unsafe && c.req.header('origin') !== new URL(c.req.url).origin) return problem(c, 403, 'The request comes from another site');
    if (!state.person && own.some((path) => c.req.path.startsWith(path))) return problem(c, 401, 'Not signed in');
    return next();
  });
  app.get('/auth/login', (c) => {
    state.person = someone;
    return c.redirect(c.req.query('returnTo') ?? '/');
  });
  app.post('/auth/logout', (c) => {
    state.person = null;
    return c.body(null, 204);
  });
  app.get('/me', (c) => c.json(state.person));
  app.get('/checklist', (c) => c.json(checklist));
  app.route('/notes', noteRoutes(state));
  app.route('/listings', listingRoutes(state));
  app.route('/contracts', contractRoutes(state));
  return app;
}
