/** How long answers take lately: the median of the last ones, once there are a few. */
import type { Pool } from 'mysql2/promise';
import type { Row } from '../database.ts';

const samples = 20;
const enough = 3;
const lately = 3_600_000;

export class ProcessingTime {
  readonly #db: Pool;
  readonly #clock: () => Date;
  #typicalMs: number | undefined;

  constructor(db: Pool, clock: () => Date) {
    this.#db = db;
    this.#clock = clock;
  }

  /** Undefined while too little is known. */
  get typicalMs(): number | undefined {
    return this.#typicalMs;
  }

  async refresh(): Promise<void> {
    const [rows] = await this.#db.query<(Row & { ms: number })[]>(
      `SELECT took_ms AS ms FROM contracts WHERE answered_at > ? AND status = 'answered' AND took_ms IS NOT NULL
       ORDER BY answered_at DESC LIMIT ${samples}`,
      [new Date(this.#clock().getTime() - lately)],
    );
    const times = rows.map(({ ms }) => ms).sort((a, b) => a - b);
    this.#typicalMs = times.length < enough ? undefined : times[times.length >> 1];
  }
}
