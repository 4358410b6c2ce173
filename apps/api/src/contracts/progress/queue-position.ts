/** The line as it stands: read whole in one query, however many are waiting to hear of it. */
import type { Pool } from 'mysql2/promise';
import type { Words } from '../contract.ts';
import type { Row } from '../database.ts';
import { shareOfPerson } from '../queue/person-share.ts';
import { progressMessage } from './messages.ts';
import type { ProcessingTime } from './processing-time.ts';
import { Rounds } from './rounds.ts';

export interface OpenContract {
  readonly status: 'waiting' | 'running';
  /** Place in the line, 1 is next; null while it is running. */
  readonly position: number | null;
  /**
   * Rounds of work before its own, by the places of all and the share of its person; 0 while it is
   * running.
   */
  readonly rounds: number;
  readonly deadlineAt: number;
  readonly startedAt: number | null;
}

/** What the owner of an open contract sees. */
export interface Progress {
  readonly status: 'waiting' | 'running';
  readonly position: number | null;
  readonly message: Words;
}

export interface QueuePositionsOptions {
  readonly db: Pool;
  readonly clock: () => Date;
  readonly pace: ProcessingTime;
  /** Contracts that this service works on at once. */
  readonly concurrency: number;
  readonly stalled: () => boolean;
}

const freshMs = 1_000;
/**
 * Every process looks for passed deadlines each second: what is open so long after its own has been
 * overlooked.
 */
const overdueMs = 3_000;

export class QueuePositions {
  readonly #options: QueuePositionsOptions;
  #open: ReadonlyMap<string, OpenContract> = new Map();
  #readAt = Number.NEGATIVE_INFINITY;
  #isWorking = false;
  #reading: Promise<void> | undefined;

  constructor(options: QueuePositionsOptions) {
    this.#options = options;
  }

  find(id: string): OpenContract | undefined {
    return this.#open.get(id);
  }

  /** Whether a contract is open long after its deadline. */
  isOverdue(id: string): boolean {
    const open = this.#open.get(id);
    return open !== undefined && this.#options.clock().getTime() - open.deadlineAt > overdueMs;
  }

  /** Whether the last reading is so young that another one would show hardly anything new. */
  get isFresh(): boolean {
    return performance.now() - this.#readAt < freshMs;
  }

  /**
   * Reads the line anew. A caller during a reading gets the next one, since the present one may
   * miss what the caller has just written; callers share it.
   */
  async refresh(): Promise<void> {
    await this.#reading?.catch(() => undefined);
    this.#reading ??= this.#read().finally(() => {
      this.#reading = undefined;
    });
    await this.#reading;
  }

  /** Words and place of an open contract at this moment. */
  progress(contract: OpenContract): Progress {
    const { status, position, rounds, startedAt, deadlineAt } = contract;
    const now = this.#options.clock().getTime();
    const { typicalMs } = this.#options.pace;
    const typicalSeconds = typicalMs === undefined ? undefined : typicalMs / 1000;
    if (status === 'running') {
      const elapsedSeconds = Math.max(0, now - (startedAt ?? now)) / 1000;
      return { status, position: null, message: progressMessage({ status, elapsedSeconds, typicalSeconds }) };
    }
    const remainingSeconds = (deadlineAt - now) / 1000;
    const place = position ?? 1;
    const estimateSeconds = this.#estimate(rounds, typicalSeconds);
    const message = progressMessage({ status, position: place, estimateSeconds, remainingSeconds, stalled: this.#options.stalled() });
    return { status, position: place, message };
  }

  async #read(): Promise<void> {
    const readAt = performance.now();
    const [rows] = await this.#options.db.query<LineRow[]>(inLine);
    const open = new Map<string, OpenContract>();
    const running = rows.filter(({ status }) => status === 'running');
    const places = Math.max(this.#options.concurrency, running.length);
    const line = new Rounds(places, shareOfPerson(places));
    for (const { personId } of running) line.addRunning(personId);
    let waiting = 0;
    for (const { id, personId, status, deadlineAt, startedAt } of rows) {
      const place = status === 'waiting' ? { position: ++waiting, rounds: line.add(personId) } : { position: null, rounds: 0 };
      open.set(id, { status, ...place, deadlineAt: deadlineAt.getTime(), startedAt: startedAt?.getTime() ?? null });
    }
    this.#open = open;
    this.#readAt = readAt;
    this.#isWorking = running.length > 0;
  }

  /** Until its own answer: the rounds before it, and its own. */
  #estimate(rounds: number, typicalSeconds: number | undefined): number | undefined {
    if (typicalSeconds === undefined) return undefined;
    // What is being worked on now is half done, as a rule.
    return (rounds === 0 || !this.#isWorking ? rounds + 1 : rounds + 0.5) * typicalSeconds;
  }
}

interface LineRow extends Row {
  readonly id: string;
  readonly personId: number;
  readonly status: 'waiting' | 'running';
  readonly deadlineAt: Date;
  readonly startedAt: Date | null;
}

const inLine = `
  SELECT id, person_id AS personId, status, deadline_at AS deadlineAt, started_at AS startedAt FROM contracts FORCE INDEX (contracts_line)
  WHERE status IN ('waiting', 'running') ORDER BY status, turn, number`;
