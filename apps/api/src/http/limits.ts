/** How much a request may bring and how long it may take. Contracts have limits of their own. */
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import { timeout } from 'hono/timeout';
import { Problem } from '../errors.ts';

const mostBytes = 128 * 1024;
const mostMs = 15_000;

export const limitedBody = bodyLimit({
  maxSize: mostBytes,
  onError: () => {
    throw new Problem(413, 'too-large', 'Too large', { detail: `At most ${mostBytes} bytes.` });
  },
});

/** When the database hangs, people are told before a proxy gives up. */
export const limitedTime = timeout(mostMs, new HTTPException(503, { message: 'It takes too long at the moment. Please try again.' }));
