/** A client that waits for a contract, and what it has been sent. */
import type { ServerResponse } from 'node:http';
import type { EventStream } from './stream.ts';
import type { StreamOwner } from './stream-registry.ts';

export interface Watcher {
  readonly owner: StreamOwner;
  readonly stream: EventStream;
  readonly openedAt: number;
  /** What carries the stream; absent where a test calls the application itself. */
  readonly response: ServerResponse | undefined;
  /** When its last event was handed over. */
  endedAt: number | undefined;
  /**
   * The id of the last event that the client has. It describes what was sent, so that any process
   * sees whether there is news.
   */
  last: string;
  position: number;
  /** Of the words that were sent, without their numbers. */
  shape: number;
}

/**
 * Other words, or nearer by some steps: far back in the line one step is none, or each answer would
 * be news for everybody.
 */
export const isNews = (watcher: Watcher, position: number, shape: number): boolean =>
  shape !== watcher.shape || Math.abs(position - watcher.position) >= Math.max(1, watcher.position / 20);

export function hash(text: string): number {
  let sum = 0;
  for (let at = 0; at < text.length; at++) sum = (Math.imul(sum, 31) + text.charCodeAt(at)) | 0;
  return sum >>> 0;
}
