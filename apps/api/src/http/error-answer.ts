/** The answer to a request whose handler threw. */
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { isUnavailable } from '../db/unavailable.ts';
import { Problem, tooSlow, unavailable } from '../errors.ts';
import type { AppEnv } from './env.ts';

/** What the router calls for anything thrown. */
export function answerError(error: Error, c: Context<AppEnv>): Response {
  const problem = problemOf(error);
  const log = c.get('log');
  if (problem.status >= 500) log?.error({ err: error }, 'request failed');
  return problem.toResponse();
}

function problemOf(error: Error): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof HTTPException) return ofRouter(error);
  if (isUnavailable(error)) return unavailable('The database cannot be reached. Please try again.', error);
  return new Problem(500, 'internal', 'Something went wrong on our side', { cause: error });
}

/** The router itself refuses only what it cannot parse. */
function ofRouter(error: HTTPException): Problem {
  if (error.status === 503) return unavailable(error.message, error);
  if (error.status === 408) return tooSlow();
  if (error.status === 400) return new Problem(400, 'malformed', 'The request cannot be read', { detail: error.message, cause: error });
  return new Problem(error.status as ContentfulStatusCode, 'refused', error.message || 'The request was refused', { cause: error });
}
