/** The state of the queue and of the AI server, for `/health`. */
import type { Pool } from 'mysql2/promise';
import type { ComponentHealth } from '../modules.ts';
import type { AiClient } from './ai/client.ts';
import type { Row } from './database.ts';
import type { Breaker } from './queue/breaker.ts';
import { seoulDay } from './submission/day.ts';

export interface HealthOptions {
  readonly db: Pool;
  readonly clock: () => Date;
  /** Absent where no AI server is configured. */
  readonly ai: AiClient | undefined;
  readonly breaker: Breaker;
}

/** The AI server is asked at most so often, however often we are. */
const askedEveryMs = 10_000;

export class Health {
  readonly #options: HealthOptions;
  #asked: { readonly at: number; readonly up: Promise<boolean> } | undefined;

  constructor(options: HealthOptions) {
    this.#options = options;
  }

  async queue(): Promise<ComponentHealth> {
    try {
      return { status: 'UP', details: { ...(await this.#counts()), ai: (await this.ai()).status } };
    } catch {
      return { status: 'DOWN' };
    }
  }

  async ai(): Promise<ComponentHealth> {
    const { ai, breaker } = this.#options;
    if (!ai) return { status: 'UNKNOWN' };
    const now = performance.now();
    if (!this.#asked || now - this.#asked.at >= askedEveryMs) this.#asked = { at: now, up: ai.healthy() };
    return { status: !breaker.isOpen && (await this.#asked.up) ? 'UP' : 'DOWN' };
  }

  async #counts(): Promise<Record<string, number>> {
    const now = this.#options.clock();
    const [rows] = await this.#options.db.query<CountRow[]>(counts, [new Date(`${seoulDay(now)}T00:00:00+09:00`)]);
    const { waiting = 0, running = 0, oldest = null, answeredToday = 0 } = rows[0] ?? {};
    const oldestSeconds = oldest ? Math.max(0, Math.round((now.getTime() - oldest.getTime()) / 1000)) : 0;
    return { waiting, running, oldestSeconds, answeredToday };
  }
}

interface CountRow extends Row {
  readonly waiting: number;
  readonly running: number;
  readonly oldest: Date | null;
  readonly answeredToday: number;
}

const counts = `SELECT
  (SELECT COUNT(*) FROM contracts WHERE status = 'waiting') AS waiting,
  (SELECT COUNT(*) FROM contracts WHERE status = 'running') AS running,
  (SELECT MIN(created_at) FROM contracts WHERE status IN ('waiting', 'running')) AS oldest,
  (SELECT COUNT(*) FROM contracts WHERE answered_at >= ? AND status = 'answered') AS answeredToday`;
