/** Waiting for a condition within a limit, by p-wait-for. */
import pWaitFor from 'p-wait-for';

export interface WaitOptions {
  /** Milliseconds between two looks. */
  readonly interval: number;
  /** Milliseconds after which the wait is given up. @default no limit */
  readonly limit?: number;
  /** Ends the wait as the limit does. */
  readonly signal?: AbortSignal | undefined;
}

/** Without a limit. */
interface Endless {
  readonly interval: number;
  readonly limit?: never;
  readonly signal?: never;
}

/**
 * Asks until the condition is true: true; or until the limit has passed: false. It is asked at
 * least once.
 * @throws what the condition throws
 */
export async function waitUntil(condition: () => boolean | Promise<boolean>, options: WaitOptions): Promise<boolean> {
  return (await waitFor(async () => ((await condition()) ? true : undefined), options)) ?? false;
}

/**
 * Asks until there is an answer. @returns the answer; undefined when the limit has passed before
 * @throws what the question throws
 */
export function waitFor<Answer>(question: () => Promise<Answer | undefined>, options: Endless): Promise<Answer>;
export function waitFor<Answer>(question: () => Promise<Answer | undefined>, options: WaitOptions): Promise<Answer | undefined>;
export function waitFor<Answer>(
  question: () => Promise<Answer | undefined>,
  { interval, limit = Number.POSITIVE_INFINITY, signal }: WaitOptions,
): Promise<Answer | undefined> {
  const end = Date.now() + limit;
  return pWaitFor<Answer | undefined>(
    async () => {
      const answer = await question();
      // The limit is looked at between two questions, so that none is cut off in the middle.
      if (answer !== undefined || Date.now() >= end || signal?.aborted) return pWaitFor.resolveWith(answer);
      return false;
    },
    { interval },
  );
}
