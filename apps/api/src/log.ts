/**
 * The structured log: one line of JSON for an event, on standard output. Never a body, a cookie, a
 * token or a query string.
 */
import { type Logger, pino, stdTimeFunctions } from 'pino';

export type { Logger };

export function createLog(level: string): Logger {
  return pino({ level, base: undefined, timestamp: stdTimeFunctions.isoTime, formatters: { level: (label) => ({ level: label }) } });
}
