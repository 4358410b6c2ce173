/**
 * Sessions in MySQL. The browser has a random token; the table has only its digest, with which a
 * reader of the table cannot sign in.
 */
import { createHash, randomBytes } from 'node:crypto';
import type { Pool, RowDataPacket } from 'mysql2/promise';
import type { Person } from '../people/person.ts';
import { tokenOf } from './session-cookie.ts';

/** Of one session, in milliseconds. */
export const sessionLimits = { idle: 30 * 60_000, absolute: 14 * 24 * 3_600_000 } as const;

/**
 * Of one person: browsers and devices that stay signed in. One more signs out the one that was used
 * longest ago.
 */
const mostPerPerson = 20;

/** A visit is written down at most this often, so that reading stays reading. */
const granularity = 60_000;

export class Sessions {
  readonly #db: Pool;
  readonly #clock: () => Date;

  constructor(db: Pool, clock: () => Date) {
    this.#db = db;
    this.#clock = clock;
  }

  /** Begins a session and answers its token. */
  async open(personId: string): Promise<string> {
    const token = randomBytes(32).toString('base64url');
    const now = this.#clock();
    await this.#db.execute('INSERT INTO sessions (token_hash, person_id, created_at, seen_at) VALUES (?, ?, ?, ?)', [
      digest(token),
      personId,
      now,
      now,
    ]);
    await this.#closeSurplus(personId, digest(token));
    return token;
  }

  /**
   * The person of a session that is still good, by its cookie; the visit counts against idleness.
   * What is no token is not looked up.
   */
  async find(cookie: string): Promise<Person | undefined> {
    const token = tokenOf(cookie);
    if (token === undefined) return undefined;
    const now = this.#clock().getTime();
    const [rows] = await this.#db.execute<SessionRow[]>(
      `SELECT p.id, p.name, p.email, p.plan, s.seen_at FROM sessions s JOIN people p ON p.id = s.person_id
       WHERE s.token_hash = ? AND s.seen_at > ? AND s.created_at > ?`,
      [digest(token), ...this.#oldest()],
    );
    const row = rows[0];
    if (!row) return undefined;
    if (now - row.seen_at.getTime() >= granularity) await this.#seen(token);
    return { id: String(row.id), name: row.name, email: row.email, plan: row.plan };
  }

  async close(cookie: string): Promise<void> {
    const token = tokenOf(cookie);
    if (token === undefined) return;
    await this.#db.execute('DELETE FROM sessions WHERE token_hash = ?', [digest(token)]);
  }

  /** Deletes what has run out. @returns how many */
  async sweep(): Promise<number> {
    const [{ affectedRows }] = await this.#db.execute<import('mysql2').ResultSetHeader>(
      'DELETE FROM sessions WHERE seen_at <= ? OR created_at <= ?',
      this.#oldest(),
    );
    return affectedRows;
  }

  /** By their keys, in one order, so that two sign-ins do not wait for each other in a circle. */
  async #closeSurplus(personId: string, newest: Buffer): Promise<void> {
    const [rows] = await this.#db.execute<(RowDataPacket & { hash: Buffer })[]>(
      `SELECT token_hash AS hash FROM sessions WHERE person_id = ? AND token_hash <> ?
       ORDER BY seen_at DESC, created_at DESC, token_hash LIMIT 1000 OFFSET ${mostPerPerson - 1}`,
      [personId, newest],
    );
    for (const { hash } of rows.toSorted((one, other) => Buffer.compare(one.hash, other.hash))) {
      await this.#db.execute('DELETE FROM sessions WHERE token_hash = ?', [hash]);
    }
  }

  async #seen(token: string): Promise<void> {
    await this.#db.execute('UPDATE sessions SET seen_at = ? WHERE token_hash = ?', [this.#clock(), digest(token)]);
  }

  /** The last visit and the beginning that a good session must be younger than. */
  #oldest(): [seen: Date, created: Date] {
    const now = this.#clock().getTime();
    return [new Date(now - sessionLimits.idle), new Date(now - sessionLimits.absolute)];
  }
}

interface SessionRow extends RowDataPacket, Person {
  readonly seen_at: Date;
}

function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
