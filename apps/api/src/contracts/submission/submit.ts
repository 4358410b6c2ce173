/**
 * Takes a submission into the line. When this has returned, it is in the database and will be
 * answered.
 */
import { createHash, randomUUID } from 'node:crypto';
import type { Pool, PoolConnection, ResultSetHeader } from 'mysql2/promise';
import { Problem } from '../../errors.ts';
import type { Person } from '../../people/person.ts';
import type { Answer } from '../ai/answer.ts';
import type { Locale, Page, Status } from '../contract.ts';
import { isDuplicate, type Row, transaction } from '../database.ts';
import { answersKeptMs, type Outcomes } from '../queue/outcomes.ts';
import { answerKey } from './answer-key.ts';
import { seoulDay } from './day.ts';
import {
  countAborted,
  countContract,
  countRepeat,
  type LockedDay,
  lockDay,
  refuseTooManyAborted,
  refuseTooMuchWaiting,
} from './day-limits.ts';
import { bytesOf, pageBytes } from './page-bytes.ts';

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

export interface SubmissionsOptions {
  readonly db: Pool;
  readonly clock: () => Date;
  readonly outcomes: Outcomes;
  readonly deadlineSeconds: number;
  /** Of one contract. */
  readonly maxBytes: number;
}

export class Submissions {
  readonly #options: SubmissionsOptions;

  constructor(options: SubmissionsOptions) {
    this.#options = options;
  }

  /**
   * The same content of the same person is the earlier contract again, as long as that waits or has
   * an answer of the last day: nothing new is stored or asked, so it does not count as another
   * contract. One that came too late or could not be read is tried anew.
   * @throws Problem 422 when the key was used for other pages, 429 when the plan allows no more
   *   today or too much of the person waits
   */
  async submit(submission: Submission): Promise<Receipt> {
    const { idempotencyKey: key } = submission;
    const keyDigest = key === undefined ? null : createHash('sha256').update(key).digest();
    const submitting = { ...submission, keyDigest, now: this.#options.clock() };
    const take = () => transaction(this.#options.db, (connection) => this.#take(connection, submitting));
    // The same key at midnight can come under two days' locks; the index finds it then, and the
    // second look finds the first one's row.
    return take().catch((error) => (isDuplicate(error) ? take() : Promise.reject(error)));
  }

  /** How many of today's contracts count. */
  async usedToday(personId: string): Promise<number> {
    const { db, clock } = this.#options;
    const [rows] = await db.query<(Row & { used: number })[]>('SELECT used FROM contract_days WHERE person_id = ? AND day = ?', [
      personId,
      seoulDay(clock()),
    ]);
    return rows[0]?.used ?? 0;
  }

  /** To be asked before a body is read. @throws Problem 429 */
  refuseTooManyAborted(person: Person): Promise<void> {
    return this.#withDay(person, async (_, day) => refuseTooManyAborted(day));
  }

  /** Counts a body that was not sent to its end. @throws Problem 429 */
  countAborted(person: Person): Promise<void> {
    return this.#withDay(person, countAborted);
  }

  #withDay(person: Person, work: (connection: PoolConnection, day: LockedDay) => Promise<void>): Promise<void> {
    const { db, clock } = this.#options;
    return transaction(db, async (connection) => work(connection, await lockDay(connection, person, clock())));
  }

  async #take(connection: PoolConnection, submitting: Submitting): Promise<Receipt> {
    const { outcomes, deadlineSeconds, maxBytes } = this.#options;
    const { person, digest, now, pages } = submitting;
    const day = await lockDay(connection, person, now);
    const earlier = (await earlierWithKey(connection, submitting)) ?? (await earlierWithContent(connection, submitting));
    if (earlier) {
      await countRepeat(connection, day);
      return earlier;
    }
    await countContract(connection, day);
    await refuseTooMuchWaiting(connection, person, { bytes: pageBytes(pages), maxBytes });
    // Of a contract of this person whose answer came after its deadline.
    const answer = await outcomes.cached(answerKey(person.id, digest), connection);
    return insert(connection, submitting, new Date(now.getTime() + deadlineSeconds * 1000), answer);
  }
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

async function earlierWithContent(connection: PoolConnection, { person, digest, now }: Submitting): Promise<Receipt | undefined> {
  const [rows] = await connection.query<(Row & { id: string; status: Status })[]>(
    `SELECT id, status FROM contracts WHERE person_id = ? AND content_digest = ?
       AND (status IN ('waiting', 'running') AND deadline_at > ? OR status = 'answered' AND answered_at > ?)
     ORDER BY number DESC LIMIT 1`,
    [person.id, digest, now, new Date(now.getTime() - answersKeptMs)],
  );
  return rows[0] && { id: rows[0].id, status: rows[0].status, fresh: false };
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
    page_bytes: pageBytes(pages),
    counted: true,
    created_at: now,
    deadline_at: deadlineAt,
    try_at: now,
    ...(answer && { answered_at: now, summary: JSON.stringify(answer.summary), result: JSON.stringify(answer) }),
  });
  if (!answer) for (const [at, page] of pages.entries()) await insertPage(connection, insertId, at + 1, page);
  return { id, status, fresh: true };
}

/**
 * First come, first served among people, not among contracts: each next open contract of one person
 * gets a turn later by one, and the first one gets the turn that is being served. So fifty
 * contracts of one person let others in between.
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
  const data = bytesOf(page);
  await connection.execute('INSERT INTO contract_pages (contract_number, page, kind, media_type, data) VALUES (?, ?, ?, ?, ?)', [
    number,
    at,
    page.kind,
    mediaType,
    data,
  ]);
}
