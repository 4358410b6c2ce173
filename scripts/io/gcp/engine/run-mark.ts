/**
 * How an engine that a command of ours started is known from outside, after that command may have
 * died.
 */
import { createHash } from 'node:crypto';
import type { Session } from './session.ts';

/**
 * Stands in the engine's arguments, so that a later command finds the engine of a killed one. Ends
 * with our process id.
 */
export function runMark(session: Session): string {
  return `${markOf(session)}${process.pid}`;
}

export function markOf({ options, environment }: Session): string {
  const place = createHash('sha256').update(options.folder).digest('hex').slice(0, 12);
  return `dojang-${environment.name}-${place}-`;
}
