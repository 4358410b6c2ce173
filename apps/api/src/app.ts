/**
 * The application: built here from what it needs, started elsewhere, so that a test calls it
 * without a socket.
 */
import { except } from 'hono/combine';
import { authRoutes } from './auth/routes.ts';
import { sessionCheck } from './auth/session-check.ts';
import { checklistRoutes } from './checklist/routes.ts';
import type { Deps } from './deps.ts';
import { notFound } from './errors.ts';
import { healthRoutes } from './health/routes.ts';
import { sameOrigin } from './http/csrf.ts';
import { answerError } from './http/error-answer.ts';
import { checkedQuery, utf8Body } from './http/input/encoding.ts';
import { limitedBody, limitedTime, requestLimitMs } from './http/limits/limits.ts';
import { privately } from './http/no-store.ts';
import { requestLog } from './http/request-log.ts';
import { createRouter, type Router } from './http/router.ts';
import { signedIn } from './http/signed-in.ts';
import { listingRoutes } from './listings/routes.ts';
import type { Parts } from './modules.ts';
import { noteRoutes } from './notes/routes.ts';
import { describe } from './openapi.ts';
import { meRoutes } from './people/routes.ts';

const contracts = '/api/contracts/*';

export interface AppOptions {
  /**
   * Longest time of a request with its body; contracts have limits of their own. @default 15,000
   */
  readonly requestLimitMs?: number;
}

export function createApp(deps: Deps, parts: Parts = {}, options: AppOptions = {}): Router {
  const ofOthers = except(contracts, limitedTime(options.requestLimitMs ?? requestLimitMs), limitedBody, utf8Body);
  const app = createRouter();
  app.onError(answerError);
  app.notFound(() => notFound().toResponse());
  app.use(requestLog(deps));
  app.use('/api/*', privately, sameOrigin(deps.settings.publicUrl), checkedQuery, ofOthers);
  app.route('/health', healthRoutes(deps, parts));
  app.route('/internal/session', sessionCheck(deps));
  app.route('/api/auth', authRoutes(deps));
  app.route('/api/me', meRoutes(deps, parts));
  app.route('/api/checklist', checklistRoutes(deps));
  app.route('/api/notes', noteRoutes(deps));
  app.route('/api/listings', listingRoutes(deps));
  app.use(contracts, signedIn(deps.sessions));
  if (parts.contracts) app.route('/api/contracts', parts.contracts.routes);
  describe(app);
  return app;
}
