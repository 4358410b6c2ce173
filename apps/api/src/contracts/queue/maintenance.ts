/**
 * What happens by the clock alone: deadlines pass, leases run out, old results go. Every process
 * that serves does it; doing it twice changes nothing.
 */
import type { Pool, ResultSetHeader } from 'mysql2/promise';
import type { Logger } from 'pino';
import type { Serves } from '../../serving.ts';
import type { ProcessingTime } from '../progress/processing-time.ts';
import { seoulDay } from '../submission/day.ts';
import type { Leases } from './leases.ts';
import type { Outcomes } from './outcomes.ts';

export interface MaintenanceOptions {
  readonly db: Pool;
  readonly clock: () => Date;
  readonly log: Logger;
  readonly leases: Leases;
  readonly outcomes: Outcomes;
  readonly pace: ProcessingTime;
  readonly everyMs: number;
  /** Called when contracts have ended or are waiting again. */
  readonly changed: () => void;
  /** One that does not serve only reads how long answers take, so that it knows when it does. */
  readonly serves: Serves;
}

const dayMs = 86_400_000;
const resultsKeptMs = 30 * dayMs;
const paceEveryMs = 10_000;
const sweepEveryMs = 600_000;
const batch = 200;

export class Maintenance {
  readonly #options: MaintenanceOptions;
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> | undefined;
  #failing = false;
  #stopped = false;
  #pacedAt = Number.NEGATIVE_INFINITY;
  #sweptAt = Number.NEGATIVE_INFINITY;

  constructor(options: MaintenanceOptions) {
    this.#options = options;
  }

  /** Resolves when the first round is over, whether or not the database was there. */
  async start(): Promise<void> {
    if (this.#stopped) return;
    this.#round = this.#oneRound();
    await this.#round;
    if (!this.#stopped) this.#timer = setTimeout(() => void this.start(), this.#options.everyMs);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#round;
  }

  async #oneRound(): Promise<void> {
    try {
      await this.#once();
      this.#failing = false;
    } catch (error) {
      if (!this.#failing) this.#options.log.warn({ err: error }, 'deadlines could not be looked after');
      this.#failing = true;
    }
  }

  async #once(): Promise<void> {
    const { pace } = this.#options;
    const serves = await this.#options.serves();
    if (serves) await this.#endOverdue();
    if (performance.now() - this.#pacedAt >= paceEveryMs) {
      await pace.refresh();
      this.#pacedAt = performance.now();
    }
    if (serves && performance.now() - this.#sweptAt >= sweepEveryMs) {
      await this.#sweep();
      this.#sweptAt = performance.now();
    }
  }

  async #endOverdue(): Promise<void> {
    const { leases, outcomes, log, changed } = this.#options;
    const late = await outcomes.late();
    const expired = await leases.giveBackExpired();
    if (late.length > 0) log.info({ contracts: late.length }, 'contracts got the friendly answer');
    if (expired > 0) log.warn({ contracts: expired }, 'leases had run out: contracts wait again');
    if (late.length + expired > 0) changed();
  }

  async #sweep(): Promise<void> {
    const now = this.#options.clock();
    const oldest = new Date(now.getTime() - resultsKeptMs);
    const results = await this.#deleteAll('contracts WHERE answered_at <= ?', oldest);
    const answers = await this.#deleteAll('contract_answers WHERE expires_at <= ?', now);
    await this.#deleteAll('contract_days WHERE day < ?', seoulDay(new Date(now.getTime() - dayMs)));
    if (results + answers > 0) this.#options.log.info({ results, answers }, 'old results deleted');
  }

  async #deleteAll(what: string, before: Date | string): Promise<number> {
    for (let sum = 0; ; ) {
      const [{ affectedRows }] = await this.#options.db.query<ResultSetHeader>(`DELETE FROM ${what} LIMIT ${batch}`, [before]);
      sum += affectedRows;
      if (affectedRows < batch) return sum;
    }
  }
}
