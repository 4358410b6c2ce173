/**
 * Work of which only so much runs at one time; a little more waits its turn, and the rest is
 * refused.
 */
import { unavailable } from '../../errors.ts';

export interface ConcurrencyLimits {
  readonly running: number;
  readonly waiting: number;
}

export class ConcurrencyLimit {
  readonly #limits: ConcurrencyLimits;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(limits: ConcurrencyLimits) {
    this.#limits = limits;
  }

  /**
   * @param busy what a client is answered when too much waits @throws Problem 503 then, and what
   *   the work throws
   */
  async run<T>(busy: string, work: () => Promise<T>): Promise<T> {
    await this.#turn(busy);
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      // Its place goes to the next one, so that nothing that comes meanwhile takes it.
      if (next) next();
      else this.#running--;
    }
  }

  async #turn(busy: string): Promise<void> {
    const { running, waiting } = this.#limits;
    if (this.#running < running) {
      this.#running++;
      return;
    }
    if (this.#waiting.length >= waiting) throw unavailable(busy);
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }
}
