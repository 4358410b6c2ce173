/**
 * Follows the progress of a contract by server-sent events, through lost connections and restarts
 * of the server.
 */
import { reconnectDelay } from '../contracts/waiting/progress.ts';
import { type Contract, contract, type Progress, progress } from './schemas.ts';

/** What is used of an EventSource. */
export interface EventStream {
  readonly readyState: number;
  addEventListener(type: string, listener: (event: { data: string }) => void): void;
  close(): void;
}

export interface Follower {
  progress(news: Progress): void;
  done(answer: Contract): void;
  /** Whether there is a connection at the moment. */
  connected(connected: boolean): void;
}

const closed = 2;

/** Follows until `done` or until the function that it returns is called. */
export function follow(id: string, follower: Follower, open: (path: string) => EventStream): () => void {
  let attempt = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stream = connect();
  return stop;

  function connect(): EventStream {
    const source = open(`/api/contracts/${encodeURIComponent(id)}/events`);
    source.addEventListener('open', () => {
      attempt = 0;
      follower.connected(true);
    });
    source.addEventListener('error', () => {
      follower.connected(false);
      // The browser reconnects by itself after a lost connection, but gives up when the answer was
      // an error.
      if (source.readyState === closed) again();
    });
    source.addEventListener('progress', ({ data }) => deliver(progress, data, follower.progress));
    source.addEventListener('done', ({ data }) => {
      stop();
      // An answer that does not match the schema is fetched by a request, which reports the error.
      if (!deliver(contract, data, follower.done)) follower.connected(false);
    });
    return source;
  }

  function again(): void {
    clearTimeout(timer);
    timer = setTimeout(() => {
      stream = connect();
    }, reconnectDelay(attempt++));
  }

  function stop(): void {
    clearTimeout(timer);
    stream.close();
  }
}

interface Checks<T> {
  safeParse(body: unknown): { success: boolean; data?: T };
}

/** Delivers events that match the schema and drops all others. */
function deliver<T>(schema: Checks<T>, data: string, to: (news: T) => void): boolean {
  const { success, data: news } = schema.safeParse(parsed(data));
  if (!success || news === undefined) return false;
  to(news);
  return true;
}

function parsed(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
