/** What visitors noticed of one piece of work. */

export interface Measurement {
  readonly name: string;
  readonly requests: number;
  readonly failed: number;
  /** The first few that failed. */
  readonly failures: readonly string[];
  /** Milliseconds; of answers alone. */
  readonly p50: number;
  readonly p99: number;
  /** Milliseconds between two answers in which there was none. */
  readonly longestGap: number;
  readonly seconds: number;
}

const kept = 10;

export class Counter {
  readonly name: string;
  readonly #began = performance.now();
  readonly #times: number[] = [];
  readonly #failures: string[] = [];
  #failed = 0;
  #last = performance.now();
  #longestGap = 0;
  #seconds: number | undefined;

  constructor(name: string) {
    this.name = name;
  }

  add(milliseconds: number): void {
    const now = performance.now();
    this.#longestGap = Math.max(this.#longestGap, now - this.#last);
    this.#last = now;
    this.#times.push(milliseconds);
  }

  fail(reason: string): void {
    this.#failed += 1;
    if (this.#failures.length < kept) this.#failures.push(reason);
  }

  end(): void {
    this.#seconds ??= (performance.now() - this.#began) / 1000;
  }

  get measurement(): Measurement {
    this.end();
    const sorted = this.#times.toSorted((one, other) => one - other);
    const at = (share: number) => Math.round(sorted[Math.ceil(sorted.length * share) - 1] ?? 0);
    const { name } = this;
    const [requests, failed, failures] = [sorted.length + this.#failed, this.#failed, this.#failures];
    const [longestGap, seconds] = [Math.round(this.#longestGap), Math.round(this.#seconds ?? 0)];
    return { name, requests, failed, failures, p50: at(0.5), p99: at(0.99), longestGap, seconds };
  }
}
