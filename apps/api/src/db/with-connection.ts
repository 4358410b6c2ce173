/** A connection of the pool for work that has to be done in time. */
import type { Pool, PoolConnection } from 'mysql2/promise';
import { within } from '../time-limit.ts';

/**
 * A connection that does not answer in time is given up: it must not hold a place in the pool.
 * @throws when the work takes longer
 */
export async function withConnection<T>(db: Pool, limitMs: number, work: (connection: PoolConnection) => Promise<T>): Promise<T> {
  const connection = await db.getConnection();
  try {
    const result = await within(work(connection), limitMs);
    connection.release();
    return result;
  } catch (error) {
    connection.destroy();
    throw error;
  }
}
