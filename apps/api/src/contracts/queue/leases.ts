/**
 * Contracts that this process has taken from the line, each under a lease. A lease that is not
 * renewed in time lapses, and another process may take the contract.
 */
import { randomUUID } from 'node:crypto';
import type { Pool, ResultSetHeader } from 'mysql2/promise';
import type { Locale, MediaType, Page } from '../contract.ts';
import { type Row, transaction } from '../database.ts';

export interface Claim {
  readonly number: number;
  readonly id: string;
  readonly personId: number;
  readonly locale: Locale;
  readonly contentDigest: Buffer;
  /** Of earlier claims that came to nothing. */
  readonly attempts: number;
  readonly createdAt: Date;
  readonly deadlineAt: Date;
  readonly startedAt: Date;
  /** Required to write the outcome. */
  readonly token: string;
}

export class Leases {
  readonly #db: Pool;
  readonly #clock: () => Date;
  readonly #leaseMs: number;

  constructor(db: Pool, clock: () => Date, leaseMs: number) {
    this.#db = db;
    this.#clock = clock;
    this.#leaseMs = leaseMs;
  }

  /**
   * The next in line that no other worker is taking at this moment. One with less than `leastMs`
   * left would be late anyway and would delay those behind it: it is taken only when there is no
   * other. Contracts of `notOf` keep their places.
   */
  async next({ leastMs = 0, notOf = [] }: { readonly leastMs?: number; readonly notOf?: readonly number[] }): Promise<Claim | undefined> {
    const hopeful = leastMs > 0 ? await this.#take(leastMs, notOf) : undefined;
    return hopeful ?? this.#take(0, notOf);
  }

  async #take(leastMs: number, notOf: readonly number[]): Promise<Claim | undefined> {
    const now = this.#clock();
    const token = randomUUID();
    return transaction(this.#db, async (connection) => {
      const [rows] = await connection.query<ClaimRow[]>(nextInLine, [
        now,
        new Date(now.getTime() + leastMs),
        // No person has the number 0: a list of SQL must not be empty.
        [0, ...notOf],
      ]);
      const row = rows[0];
      if (!row) return undefined;
      await connection.query(take, [token, this.#until(now), now, row.number]);
      return { ...row, startedAt: now, token };
    });
  }

  async pages(claim: Claim): Promise<Page[]> {
    const [rows] = await this.#db.query<PageRow[]>(
      'SELECT kind, media_type AS mediaType, data FROM contract_pages WHERE contract_number = ? ORDER BY page',
      [claim.number],
    );
    return rows.map(({ kind, mediaType, data }) => (kind === 'text' ? { kind, text: data.toString('utf8') } : { kind, mediaType, data }));
  }

  async renew(claims: readonly Claim[]): Promise<void> {
    if (claims.length === 0) return;
    await this.#db.query("UPDATE contracts SET lease_until = ? WHERE status = 'running' AND number IN (?) AND lease_token IN (?)", [
      this.#until(this.#clock()),
      claims.map(({ number }) => number),
      claims.map(({ token }) => token),
    ]);
  }

  /** Puts it back in its old place, to be tried again at `tryAt`. */
  async giveBack(claim: Claim, tryAt: Date): Promise<void> {
    await this.#db.query(`UPDATE contracts SET ${waitingAgain}, try_at = ? WHERE number = ? AND status = 'running' AND lease_token = ?`, [
      tryAt,
      claim.number,
      claim.token,
    ]);
  }

  /** Puts back what a process that died had taken. @returns how many */
  async giveBackExpired(): Promise<number> {
    const [{ affectedRows }] = await this.#db.query<ResultSetHeader>(
      `UPDATE contracts SET ${waitingAgain} WHERE status = 'running' AND lease_until <= ?`,
      [this.#clock()],
    );
    return affectedRows;
  }

  #until(now: Date): Date {
    return new Date(now.getTime() + this.#leaseMs);
  }
}

interface ClaimRow extends Row, Omit<Claim, 'token' | 'startedAt'> {}

interface PageRow extends Row {
  readonly kind: Page['kind'];
  readonly mediaType: MediaType;
  readonly data: Buffer;
}

/**
 * In the order of the index: a sort would lock all that is waiting, and others that skip locked
 * rows would find nothing.
 */
const nextInLine = `
  SELECT number, id, person_id AS personId, locale, content_digest AS contentDigest, attempts, created_at AS createdAt, deadline_at AS deadlineAt
  FROM contracts FORCE INDEX (contracts_line)
  WHERE status = 'waiting' AND try_at <= ? AND deadline_at > ? AND person_id NOT IN (?)
  ORDER BY turn, number LIMIT 1 FOR UPDATE SKIP LOCKED`;

const take = `UPDATE contracts SET status = 'running', lease_token = ?, lease_until = ?, started_at = ?, attempts = attempts + 1 WHERE number = ?`;

const waitingAgain = `status = 'waiting', lease_token = NULL, lease_until = NULL, started_at = NULL`;
