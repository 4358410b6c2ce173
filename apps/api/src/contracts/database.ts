/** Transactions, and what an error of MySQL means for the client. */
import type { Pool, PoolConnection, RowDataPacket } from 'mysql2/promise';
import { inTransaction } from '../db/transaction.ts';
import { isUnavailable } from '../db/unavailable.ts';
import { type Problem, unavailable } from '../errors.ts';

export type Row = RowDataPacket;

const deadlocks = new Set([1205, 1213]);
const attempts = 5;

/**
 * Rows that were read are not fenced off against inserts (READ COMMITTED), so that submitting and
 * claiming do not wait for each other.
 */
export async function transaction<T>(db: Pool, work: (connection: PoolConnection) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await inTransaction(db, work, 'READ COMMITTED');
    } catch (error) {
      if (!deadlocks.has(errnoOf(error)) || attempt === attempts) throw error;
    }
  }
}

const errnoOf = (error: unknown): number => (isCoded(error) ? (error.errno ?? 0) : 0);

export const isDuplicate = (error: unknown): boolean => errnoOf(error) === 1062;

/** A server that stops, is full or only reads; connections that were closed under our hands. */
const furtherCodes = new Set([
  'PROTOCOL_ENQUEUE_AFTER_FATAL_ERROR',
  'PROTOCOL_ENQUEUE_AFTER_QUIT',
  'POOL_CLOSED',
  'ER_NORMAL_SHUTDOWN',
  'ER_CLIENT_INTERACTION_TIMEOUT',
  'ER_OPTION_PREVENTS_STATEMENT',
  'ER_READ_ONLY_MODE',
  'ER_DISK_FULL',
  'ER_RECORD_FILE_FULL',
]);

interface Coded {
  readonly code?: string;
  readonly errno?: number;
}

const isCoded = (error: unknown): error is Coded => typeof error === 'object' && error !== null && 'code' in error;

/** Whether a retry a little later may succeed. */
export const isDatabaseDown = (error: unknown): boolean => isUnavailable(error) || (isCoded(error) && furtherCodes.has(error.code ?? ''));

/** The answer while MySQL restarts: nothing was accepted, try again. Undefined for other errors. */
export const databaseProblem = (error: unknown): Problem | undefined =>
  isDatabaseDown(error) ? unavailable('The database cannot be reached. Please try again.', error) : undefined;
