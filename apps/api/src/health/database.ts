/** What the database says of itself: that it answers, and that it has all that this release needs. */
import type { Pool, PoolConnection } from 'mysql2/promise';
import { migrationStates } from '../db/migrate.ts';
import type { Migration } from '../db/migrations.ts';
import type { ComponentHealth } from '../parts.ts';
import { type HealthCheck, within } from './limited.ts';

export function answers(db: Pool, limitMs: number): HealthCheck {
  return () =>
    withConnection(db, limitMs, async (connection) => {
      await connection.query('SELECT 1');
      return { status: 'UP' };
    });
}

export function migrated(db: Pool, migrations: readonly Migration[], limitMs: number): HealthCheck {
  return () =>
    withConnection(db, limitMs, async (connection) => {
      const states = await migrationStates(connection, migrations);
      const missing = states.filter(({ state }) => state !== 'applied' && state !== 'newer').length;
      return missing === 0 ? { status: 'UP' } : { status: 'DOWN', details: { missing } };
    });
}

/** A connection that does not answer in time is given up: it must not hold a place in the pool. */
async function withConnection(
  db: Pool,
  limitMs: number,
  work: (connection: PoolConnection) => Promise<ComponentHealth>,
): Promise<ComponentHealth> {
  const connection = await db.getConnection();
  try {
    const health = await within(work(connection), limitMs);
    connection.release();
    return health;
  } catch (error) {
    connection.destroy();
    throw error;
  }
}
