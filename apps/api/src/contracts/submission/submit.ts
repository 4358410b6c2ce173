/** Takes a submission into the line. When this has returned, it is in the database and will be answered. */
import { createHash, randomUUID } from 'node:crypto';
import type { Pool, PoolConnection, ResultSetHeader } from 'mysql2/promise';
import { Problem } from '../../errors.ts';
import type { Person } from '../../http/person.ts';
import { perDay } from '../../http/plan.ts';
import type { Answer } from '../ai/answer.ts';
import type { Locale, Page, Status } from '../contract.ts';
import { isDuplicate, type Row, transaction } from '../database.ts';
import type { Outcomes } from '../queue/outcomes.ts';
import { secondsUntilNextDay, seoulDay } from './day.ts';

export interface Submission {
  readonly person: Person;
  readonly pages: readonly Page[];
  readonly locale: Locale;
  /** Of pages and locale (digest.ts). */
  readonly digest: Buffer;
  readonly idempotencyKey: string | undefined;
}

export interface Receipt {
  readonly id: string;
  readonly status: Status;
  /** Whether this call has put it in the line. */
  readonly fresh: boolean;
}

interface Submitting extends Submission {
  readonly keyDigest: Buffer | null;
  readonly now: Date;
}

export class Submissions {
  readonly #db: Pool;
  readonly #clock: () => Date;
  readonly #deadlineMs: number;
  readonly #outcomes: Outcomes;

  constructor(db: Pool, clock: () => Date, deadlineSeconds: number, outcomes: Outcomes) {
    this.#db = db;
    this.#clock = clock;
    this.#deadlineMs = deadlineSeconds * 1000;
    this.#outcomes = outcomes;
  }

  /** @throws Problem 422 when the key was used for other pages, 429 when the plan allows no more today */
  async submit(submission: Submission): Promise<Receipt> {
    const { idempotencyKey: key } = submission;
    const keyDigest = key === undefined ? null : createHash('sha256').update(key).digest();
    const submitting = { ...submission, keyDigest, now: this.#clock() };
    const take = () => transaction(this.#db, (connection) => this.#take(connection, submitting));
    // The same key at midnight can come under two days' locks; the index finds it then, and the second look finds the first one's row.
    return take().catch((error) => (isDuplicate(error) ? take() : Promise.reject(error)));
  }

  /** How many of today's contracts count. */
  async usedToday(personId: string): Promise<number> {
    const [rows] = await this.#db.query<(Row & { used: number })[]>('SELECT used FROM contract_days WHERE person_id = ? AND day = ?', [
      personId,
      seoulDay(this.#clock()),
    ]);
    return rows[0]?.used ?? 0;
  }

  async #take(connection: PoolConnection, submitting: Submitting): Promise<Receipt> {
    const used = await lockDay(connection, submitting);
    const earlier = await earlierWithKey(connection, submitting);
    if (earlier) return earlier;
    const answer = await this.#outcomes.cached(submitting.digest, connection);
    if (!answer) await count(connection, submitting, used);
    const deadlineAt = new Date(submitting.now.getTime() + this.#deadlineMs);
    return insert(connection, submitting, deadlineAt, answer);
  }
}

/** Holds the person's other submissions back until this one is through. @returns how many there were today */
async function lockDay(connection: PoolConnection, { person, now }: Submitting): Promise<number> {
  const day = [person.id, seoulDay(now)];
  await connection.query('INSERT INTO contract_days (person_id, day, used) VALUES (?, ?, 0) ON DUPLICATE KEY UPDATE used = used', day);
  const [rows] = await connection.query<(Row & { used: number })[]>(
    'SELECT used FROM contract_days WHERE person_id = ? AND day = ? FOR UPDATE',
    day,
  );
  return rows[0]?.used ?? 0;
}

async function earlierWithKey(connection: PoolConnection, submitting: Submitting): Promise<Receipt | undefined> {
  if (!submitting.keyDigest) return undefined;
  const [rows] = await connection.query<(Row & { id: string; status: Status; digest: Buffer })[]>(
    'SELECT id, status, content_digest AS digest FROM contracts WHERE person_id = ? AND idempotency_key = ?',
    [submitting.person.id, submitting.keyDigest],
  );
  const row = rows[0];
  if (row && !row.digest.equals(submitting.digest)) {
    throw new Problem(422, 'idempotency-key', 'This Idempotency-Key was used for other pages', {
      detail: 'Send another key with another contract.',
    });
  }
  return row && { id: row.id, status: row.status, fresh: false };
}

async function count(connection: PoolConnection, { person, now }: Submitting, used: number): Promise<void> {
  const limit = perDay[person.plan];
  if (used >= limit) {
    throw new Problem(429, 'limit-of-the-day', 'Your plan allows no more contracts today', {
      detail: `The plan ${person.plan} allows ${limit} contracts a day. The next day begins at midnight in Seoul.`,
      headers: { 'retry-after': String(secondsUntilNextDay(now)) },
    });
  }
  await connection.query('UPDATE contract_days SET used = used + 1 WHERE person_id = ? AND day = ?', [person.id, seoulDay(now)]);
}

async function insert(connection: PoolConnection, submitting: Submitting, deadlineAt: Date, answer: Answer | undefined): Promise<Receipt> {
  const { person, pages, locale, digest, keyDigest, now } = submitting;
  const id = randomUUID();
  const status: Status = answer ? 'answered' : 'waiting';
  const [{ insertId }] = await connection.query<ResultSetHeader>('INSERT INTO contracts SET ?', {
    id,
    person_id: person.id,
    idempotency_key: keyDigest,
    content_digest: digest,
    locale,
    page_count: pages.length,
    status,
    turn: answer ? 0 : await nextTurn(connection, person.id),
    counted: !answer,
    created_at: now,
    deadline_at: deadlineAt,
    try_at: now,
    ...(answer && { answered_at: now, summary: JSON.stringify(answer.summary), result: JSON.stringify(answer) }),
  });
  if (!answer) for (const [at, page] of pages.entries()) await insertPage(connection, insertId, at + 1, page);
  return { id, status, fresh: true };
}

/**
 * First come, first served among people, not among contracts: each next open contract of one person stands one turn later, and who comes new
 * stands at the turn that is being served. Someone's fifty contracts so let others in between.
 */
async function nextTurn(connection: PoolConnection, personId: string): Promise<number> {
  const [rows] = await connection.query<(Row & { turn: number })[]>(
    `SELECT GREATEST(
       COALESCE((SELECT MAX(turn) + 1 FROM contracts WHERE person_id = ? AND status IN ('waiting', 'running')), 0),
       COALESCE((SELECT MIN(turn) FROM contracts WHERE status = 'waiting'), (SELECT MAX(turn) FROM contracts WHERE status = 'running'), 0)
     ) AS turn`,
    [personId],
  );
  return rows[0]?.turn ?? 0;
}

/** As a prepared statement: bytes go as bytes, not twice as long in hexadecimal digits. */
async function insertPage(connection: PoolConnection, number: number, at: number, page: Page): Promise<void> {
  const mediaType = page.kind === 'text' ? 'text/plain' : page.mediaType;
  const data = page.kind === 'text' ? Buffer.from(page.text) : page.data;
  await connection.execute('INSERT INTO contract_pages (contract_number, page, kind, media_type, data) VALUES (?, ?, ?, ?, ?)', [
    number,
    at,
    page.kind,
    mediaType,
    data,
  ]);
}
