/** The HTTP server of the application, with the time that its connections may take. */
import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import type { Router } from './router.ts';

/**
 * Longer than a proxy keeps an idle connection, or it would send a request into one that is just
 * being closed.
 */
const keepAliveTimeout = 75_000;
const headersTimeout = 15_000;
/**
 * Of a whole request: longer than a contract's body may take (contracts/routes.ts). Ends what reads
 * no body and so has no limit of its own.
 */
const requestTimeout = 130_000;
/** How often Node.js looks for requests that are over the two limits above. */
const connectionsCheckingInterval = 5_000;

export function createHttpServer(app: Router): Server {
  const serverOptions = { keepAliveTimeout, headersTimeout, requestTimeout, connectionsCheckingInterval };
  return createAdaptorServer({ fetch: app.fetch, serverOptions }) as Server;
}
