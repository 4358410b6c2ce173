/** Health checks of the database: it answers, and has all migrations that this release needs. */
import type { Pool } from 'mysql2/promise';
import { migrationStates } from '../db/migrate.ts';
import type { Migration } from '../db/migrations.ts';
import { withConnection } from '../db/with-connection.ts';
import type { HealthCheck } from './timeout.ts';

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
