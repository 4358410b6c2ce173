/** Whether an error says that MySQL cannot be reached, so that a client may retry. */
import { TimeoutError } from '../time-limit.ts';

const codes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
  'PROTOCOL_CONNECTION_LOST',
  'ER_CON_COUNT_ERROR',
  'ER_SERVER_SHUTDOWN',
]);

export function isUnavailable(error: unknown): boolean {
  if (error instanceof TimeoutError) return true;
  if (!(error instanceof Error) || !('code' in error)) return false;
  // What ends a connection of MySQL is marked as fatal.
  return codes.has(String(error.code)) || ('fatal' in error && error.fatal === true);
}
