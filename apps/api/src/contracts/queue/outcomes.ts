/**
 * How a contract ends: once, by the first writer. Every write requires that the contract is open,
 * and that the writer holds its lease.
 */
import type { Pool, PoolConnection, ResultSetHeader } from 'mysql2/promise';
import type { Answer } from '../ai/answer.ts';
import { type Row, transaction } from '../database.ts';
import { answerKey } from '../submission/answer-key.ts';
import { seoulDay } from '../submission/day.ts';
import type { Claim } from './leases.ts';

/** So long the same content of the same person gets the answer that it has got. */
export const answersKeptMs = 86_400_000;
const batch = 100;

export class Outcomes {
  readonly #db: Pool;
  readonly #clock: () => Date;

  constructor(db: Pool, clock: () => Date) {
    this.#db = db;
    this.#clock = clock;
  }

  /**
   * An answer that came too late for its contract and is still good. `key` is of one person and one
   * content.
   */
  async cached(key: Buffer, connection: Pool | PoolConnection = this.#db): Promise<Answer | undefined> {
    const [rows] = await connection.query<(Row & { answer: Answer })[]>(
      'SELECT answer FROM contract_answers WHERE content_digest = ? AND expires_at > ?',
      [key, this.#clock()],
    );
    return rows[0]?.answer;
  }

  /**
   * If the contract has ended already, keeps the answer in case the person submits the same again.
   * @returns whether it ended with this answer
   */
  async answered(claim: Claim, answer: Answer): Promise<boolean> {
    const now = this.#clock();
    return transaction(this.#db, async (connection) => {
      const ended = await end(connection, claim, { status: 'answered', now, answer, tookMs: now.getTime() - claim.startedAt.getTime() });
      if (!ended) await connection.query(keepAnswer, keptValues(claim, answer, now));
      return ended;
    });
  }

  /**
   * With an answer that came too late for an earlier contract of the same person; it says nothing
   * about how long answers take.
   */
  async answeredBefore(claim: Claim, answer: Answer): Promise<boolean> {
    return transaction(this.#db, (connection) => end(connection, claim, { status: 'answered', now: this.#clock(), answer }));
  }

  async unreadable(claim: Claim): Promise<boolean> {
    const now = this.#clock();
    return transaction(this.#db, (connection) => end(connection, claim, { status: 'unreadable', now }));
  }

  /**
   * The friendly answer for a contract that was too costly by itself. It counts, also when its
   * deadline had passed before this was known and it had been taken for one that we kept waiting.
   * @returns whether it ended with this
   */
  async costly(claim: Claim): Promise<boolean> {
    const now = this.#clock();
    return transaction(this.#db, async (connection) => {
      const ended = await end(connection, claim, { status: 'late', now });
      if (!ended) await countAgain(connection, claim);
      return ended;
    });
  }

  /**
   * Gives the friendly answer to all whose deadline has passed, waiting or running. @returns their
   * ids
   */
  async late(): Promise<string[]> {
    const ids: string[] = [];
    for (;;) {
      const some = await transaction(this.#db, (connection) => someLate(connection, this.#clock()));
      ids.push(...some);
      if (some.length < batch) return ids;
    }
  }
}

/** Under which a contract's answer is kept. */
export const keyOf = ({ personId, contentDigest }: Claim): Buffer => answerKey(String(personId), contentDigest);

/** Not for a contract that was deleted meanwhile: nothing of it stays. */
const keepAnswer = `
  INSERT INTO contract_answers (content_digest, answer, expires_at)
  SELECT fresh.digest, fresh.answer, fresh.until FROM (SELECT ? AS digest, ? AS answer, ? AS until FROM contracts WHERE number = ?) AS fresh
  ON DUPLICATE KEY UPDATE answer = fresh.answer, expires_at = fresh.until`;

const keptValues = (claim: Claim, answer: Answer, now: Date) => [
  keyOf(claim),
  JSON.stringify(answer),
  new Date(now.getTime() + answersKeptMs),
  claim.number,
];

const endRow = `
  UPDATE contracts SET status = ?, answered_at = ?, took_ms = ?, summary = ?, result = ?, lease_token = NULL, lease_until = NULL
  WHERE number = ? AND status = 'running' AND lease_token = ?`;

interface Ending {
  readonly status: 'answered' | 'unreadable' | 'late';
  readonly now: Date;
  readonly answer?: Answer;
  readonly tookMs?: number;
}

async function end(connection: PoolConnection, claim: Claim, { status, now, answer, tookMs }: Ending): Promise<boolean> {
  const values = [status, now, tookMs ?? null, json(answer?.summary), json(answer), claim.number, claim.token];
  const [{ affectedRows }] = await connection.query<ResultSetHeader>(endRow, values);
  if (affectedRows === 1) await connection.query('DELETE FROM contract_pages WHERE contract_number = ?', [claim.number]);
  return affectedRows === 1;
}

const json = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value));

interface LateRow extends Row {
  readonly number: number;
  readonly id: string;
  readonly person: number;
  readonly counted: number;
  readonly createdAt: Date;
}

async function someLate(connection: PoolConnection, now: Date): Promise<string[]> {
  const [rows] = await connection.query<LateRow[]>(
    `SELECT number, id, person_id AS person, counted, created_at AS createdAt FROM contracts FORCE INDEX (contracts_deadline)
     WHERE status IN ('waiting', 'running') AND deadline_at <= ? LIMIT ${batch} FOR UPDATE SKIP LOCKED`,
    [now],
  );
  if (rows.length === 0) return [];
  const numbers = rows.map(({ number }) => number);
  await connection.query(
    "UPDATE contracts SET status = 'late', counted = FALSE, answered_at = ?, lease_token = NULL, lease_until = NULL WHERE number IN (?)",
    [now, numbers],
  );
  await connection.query('DELETE FROM contract_pages WHERE contract_number IN (?)', [numbers]);
  // In one order everywhere, so that two processes do not wait for each other in a circle.
  for (const row of rows.toSorted((a, b) => a.person - b.person)) if (row.counted) await uncount(connection, row);
  return rows.map(({ id }) => id);
}

/** Counts again what was given back too early. Once: a second call finds it counted. */
async function countAgain(connection: PoolConnection, { number }: Claim): Promise<void> {
  const [rows] = await connection.query<(Row & { person: number; createdAt: Date })[]>(
    "SELECT person_id AS person, created_at AS createdAt FROM contracts WHERE number = ? AND status = 'late' AND NOT counted FOR UPDATE",
    [number],
  );
  const [row] = rows;
  if (!row) return;
  await connection.query('UPDATE contracts SET counted = TRUE WHERE number = ?', [number]);
  await connection.query('UPDATE contract_days SET used = used + 1 WHERE person_id = ? AND day = ?', [row.person, seoulDay(row.createdAt)]);
}

/** A contract without an answer because of us does not count against the day's limit. */
async function uncount(connection: PoolConnection, { person, createdAt }: LateRow): Promise<void> {
  await connection.query('UPDATE contract_days SET used = used - 1 WHERE person_id = ? AND day = ? AND used > 0', [
    person,
    seoulDay(createdAt),
  ]);
}
