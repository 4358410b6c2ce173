/** How much a request may bring and how long it may take. Contracts have limits of their own. */

import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import { timeout } from 'hono/timeout';
import { Problem } from '../../errors.ts';
import type { AppEnv } from '../env.ts';

const mostBytes = 128 * 1024;
/** Of one request with its body, in milliseconds. */
export const requestLimitMs = 15_000;

export const limitedBody = bodyLimit({
  maxSize: mostBytes,
  onError: () => {
    throw new Problem(413, 'too-large', 'Too large', { detail: `At most ${mostBytes} bytes.` });
  },
});

/**
 * Answers before a proxy gives up: 503 when the database hangs, 408 when the body is still coming.
 * It has to come before everything that reads the body, or a slow body is not limited at all.
 */
export function limitedTime(limitMs: number): MiddlewareHandler<AppEnv> {
  return timeout(limitMs, (c: Context<AppEnv>) =>
    c.env?.incoming?.complete === false
      ? new HTTPException(408)
      : new HTTPException(503, { message: 'It takes too long at the moment. Please try again.' }),
  );
}
