/**
 * Holds calls back while the AI server is down: one contract at a time tries, at growing intervals,
 * until one gets through.
 */

const opensAfter = 3;
const firstPauseMs = 500;
const longestPauseMs = 15_000;
/** Longer than a connection may take to be made. */
const reachedAfterMs = 6_000;

/** Full jitter: between half and all of the doubled pause, so that processes do not try in step. */
export function backoffMs(attempt: number, first = firstPauseMs, longest = longestPauseMs): number {
  const pause = Math.min(longest, first * 2 ** Math.min(attempt, 20));
  return pause / 2 + (Math.random() * pause) / 2;
}

export class Breaker {
  readonly #now: () => number;
  #failures = 0;
  #tryAt = 0;
  #probeSince: number | undefined;

  constructor(now: () => number) {
    this.#now = now;
  }

  get isOpen(): boolean {
    return this.#failures >= opensAfter;
  }

  /** How many more calls may start while `running` are under way and `slots` exist. */
  room(running: number, slots: number): number {
    const free = Math.max(0, slots - running);
    if (!this.isOpen) return free;
    // A server that has held a call for so long is there: the others need not wait for its answer.
    if (this.#probeSince !== undefined) return this.#now() - this.#probeSince >= reachedAfterMs ? free : 0;
    return this.#now() >= this.#tryAt ? Math.min(1, free) : 0;
  }

  /** A call starts. */
  began(): void {
    if (this.isOpen) this.#probeSince ??= this.#now();
  }

  /** The server has answered, be it with an error. */
  reached(): void {
    this.#failures = 0;
    this.#probeSince = undefined;
  }

  /** The server itself could not be reached or would not take the call. */
  failed(retryAfterMs = 0): void {
    this.#failures++;
    this.#probeSince = undefined;
    const pause = backoffMs(Math.max(0, this.#failures - opensAfter));
    this.#tryAt = this.#now() + Math.max(pause, Math.min(retryAfterMs, longestPauseMs));
  }

  /** The call was ended by ourselves: nothing is known. */
  unknown(): void {
    this.#probeSince = undefined;
  }
}
