/** What one person may submit: contracts a day by the plan, repeats of them, and bytes that wait at once. */
import type { PoolConnection } from 'mysql2/promise';
import { Problem } from '../../errors.ts';
import type { Person } from '../../http/person.ts';
import { perDay } from '../../http/plan.ts';
import type { Row } from '../database.ts';
import { secondsUntilNextDay, seoulDay } from './day.ts';

/** For each contract of the day: a page that lost its connection tries a few times, and people send a paper again to be sure. */
const repeatsPerContract = 10;
/** Contracts of the largest size that may wait at once: all that the free plan allows in a day. */
const largestWaiting = 10;
const waitingRetrySeconds = 30;

export interface LockedDay {
  readonly person: Person;
  readonly now: Date;
  readonly used: number;
  readonly repeats: number;
}

/** Holds the person's other submissions back until this one is through. @returns how many there were today */
export async function lockDay(connection: PoolConnection, person: Person, now: Date): Promise<LockedDay> {
  const day = [person.id, seoulDay(now)];
  await connection.query('INSERT INTO contract_days (person_id, day, used) VALUES (?, ?, 0) ON DUPLICATE KEY UPDATE used = used', day);
  const [rows] = await connection.query<(Row & { used: number; repeats: number })[]>(
    'SELECT used, repeats FROM contract_days WHERE person_id = ? AND day = ? FOR UPDATE',
    day,
  );
  return { person, now, used: rows[0]?.used ?? 0, repeats: rows[0]?.repeats ?? 0 };
}

/** @throws Problem 429 when the plan allows no more today */
export async function countContract(connection: PoolConnection, { person, now, used }: LockedDay): Promise<void> {
  const limit = perDay[person.plan];
  if (used >= limit) {
    throw tomorrow(
      'limit-of-the-day',
      'Your plan allows no more contracts today',
      `The plan ${person.plan} allows ${limit} contracts a day.`,
      now,
    );
  }
  await connection.query('UPDATE contract_days SET used = used + 1 WHERE person_id = ? AND day = ?', [person.id, seoulDay(now)]);
}

/** @throws Problem 429 when earlier contracts were sent again too often today */
export async function countRepeat(connection: PoolConnection, { person, now, repeats }: LockedDay): Promise<void> {
  const limit = perDay[person.plan] * repeatsPerContract;
  if (repeats >= limit) {
    throw tomorrow(
      'too-many-repeats',
      'The same contracts were sent too often today',
      `The plan ${person.plan} allows ${limit} repeats a day.`,
      now,
    );
  }
  await connection.query('UPDATE contract_days SET repeats = repeats + 1 WHERE person_id = ? AND day = ?', [person.id, seoulDay(now)]);
}

/**
 * Pages stay in the database until their contract has ended, so they are limited in bytes beside the plan's number.
 * @throws Problem 429
 */
export async function refuseTooMuchWaiting(
  connection: PoolConnection,
  person: Person,
  { bytes, maxBytes }: { readonly bytes: number; readonly maxBytes: number },
): Promise<void> {
  const [rows] = await connection.query<(Row & { bytes: number })[]>(
    "SELECT COALESCE(SUM(page_bytes), 0) AS bytes FROM contracts WHERE person_id = ? AND status IN ('waiting', 'running')",
    [person.id],
  );
  if ((rows[0]?.bytes ?? 0) + bytes <= maxBytes * largestWaiting) return;
  throw new Problem(429, 'too-much-waiting', 'Too many of your pages are waiting', {
    detail: 'Please wait until one of your contracts is answered.',
    headers: { 'retry-after': String(waitingRetrySeconds) },
  });
}

const tomorrow = (code: string, title: string, limit: string, now: Date): Problem =>
  new Problem(429, code, title, {
    detail: `${limit} The next day begins at midnight in Seoul.`,
    headers: { 'retry-after': String(secondsUntilNextDay(now)) },
  });
