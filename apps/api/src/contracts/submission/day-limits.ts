/**
 * What one person may submit: contracts a day by the plan, repeats of them, and bytes that wait at
 * once.
 */
import type { PoolConnection } from 'mysql2/promise';
import { Problem } from '../../errors.ts';
import { perDay } from '../../http/limits/quotas.ts';
import type { Person } from '../../people/person.ts';
import type { Row } from '../database.ts';
import { secondsUntilNextDay, seoulDay } from './day.ts';

/**
 * For each contract of the day: a page that lost its connection tries a few times, and people send
 * a paper again to be sure.
 */
const repeatsPerContract = 10;
/** Contracts of the largest size that may wait at once: all that the free plan allows in a day. */
const largestWaiting = 10;
/** For each contract of the day: a phone on a train loses its connection a few times. */
const abortedPerContract = 3;
const waitingRetrySeconds = 30;

interface DayCounts {
  readonly used: number;
  readonly repeats: number;
  /** Bodies that were not sent to their end. */
  readonly aborted: number;
}

const none: DayCounts = { used: 0, repeats: 0, aborted: 0 };

export interface LockedDay extends DayCounts {
  readonly person: Person;
  readonly now: Date;
}

/** Holds the person's other submissions back until this one is through. */
export async function lockDay(connection: PoolConnection, person: Person, now: Date): Promise<LockedDay> {
  const day = [person.id, seoulDay(now)];
  await connection.query('INSERT INTO contract_days (person_id, day, used) VALUES (?, ?, 0) ON DUPLICATE KEY UPDATE used = used', day);
  const [rows] = await connection.query<(Row & DayCounts)[]>(
    'SELECT used, repeats, aborted FROM contract_days WHERE person_id = ? AND day = ? FOR UPDATE',
    day,
  );
  return { ...none, ...rows[0], person, now };
}

/** A daily count: its column of `contract_days`, the plan's limit, and the text of a refusal. */
interface DayCount {
  readonly column: keyof DayCounts;
  readonly perContract: number;
  readonly code: string;
  readonly title: string;
  readonly noun: string;
}

const contractCount: DayCount = {
  ...{ column: 'used', perContract: 1, noun: 'contracts' },
  ...{ code: 'limit-of-the-day', title: 'Your plan allows no more contracts today' },
};
const repeatCount: DayCount = {
  ...{ column: 'repeats', perContract: repeatsPerContract, noun: 'repeats' },
  ...{ code: 'too-many-repeats', title: 'The same contracts were sent too often today' },
};

const abortedCount: DayCount = {
  ...{ column: 'aborted', perContract: abortedPerContract, noun: 'uploads that are not sent to their end' },
  ...{ code: 'too-many-aborted', title: 'Too many contracts were not sent to their end today' },
};

/** @throws Problem 429 when the plan allows no more today */
export function countContract(connection: PoolConnection, day: LockedDay): Promise<void> {
  return count(connection, day, contractCount);
}

/** @throws Problem 429 when earlier contracts were sent again too often today */
export function countRepeat(connection: PoolConnection, day: LockedDay): Promise<void> {
  return count(connection, day, repeatCount);
}

/** Counts a body that was not sent to its end. @throws Problem 429 */
export function countAborted(connection: PoolConnection, day: LockedDay): Promise<void> {
  return count(connection, day, abortedCount);
}

/**
 * To be asked before a body is read. @throws Problem 429 when too many of today were not sent to
 * their end
 */
export function refuseTooManyAborted(day: LockedDay): void {
  refuseTooMany(day, abortedCount);
}

async function count(connection: PoolConnection, day: LockedDay, kind: DayCount): Promise<void> {
  refuseTooMany(day, kind);
  const { column } = kind;
  const key = [day.person.id, seoulDay(day.now)];
  await connection.query('UPDATE contract_days SET ?? = ?? + 1 WHERE person_id = ? AND day = ?', [column, column, ...key]);
}

function refuseTooMany(day: LockedDay, { column, perContract, code, title, noun }: DayCount): void {
  const { plan } = day.person;
  const limit = perDay[plan] * perContract;
  if (day[column] < limit) return;
  throw new Problem(429, code, title, {
    detail: `The plan ${plan} allows ${limit} ${noun} a day. The next day begins at midnight in Seoul.`,
    headers: { 'retry-after': String(secondsUntilNextDay(day.now)) },
  });
}

/**
 * Pages stay in the database until their contract has ended, so they are limited in bytes beside
 * the plan's number.
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
