/**
 * Health check that transactions commit. On a full volume MySQL still answers every read, while a
 * commit waits until there is room for the binary log ("How MySQL Handles a Full Disk" of its
 * manual).
 */
import type { Pool } from 'mysql2/promise';
import { withConnection } from '../db/with-connection.ts';
import type { HealthCheck } from './timeout.ts';

/**
 * Writes one row. A write that hangs holds that row: the next ones end within a second at the
 * server too, and do not pile up there.
 */
export function commits(db: Pool, limitMs: number): HealthCheck {
  return () =>
    withConnection(db, limitMs, async (connection) => {
      await connection.query('SET SESSION innodb_lock_wait_timeout = 1, lock_wait_timeout = 1');
      await connection.query('INSERT INTO health_writes (id, written_at) VALUES (1, NOW(6)) ON DUPLICATE KEY UPDATE written_at = NOW(6)');
      await connection.query('SET SESSION innodb_lock_wait_timeout = DEFAULT, lock_wait_timeout = DEFAULT');
      return { status: 'UP' };
    });
}

/** UP is remembered for some time, anything else is asked anew. */
export function rememberingUp(ask: HealthCheck, forMs: number): HealthCheck {
  let upAt: number | undefined;
  return async () => {
    if (upAt !== undefined && performance.now() - upAt < forMs) return { status: 'UP' };
    const answer = await ask();
    upAt = answer.status === 'UP' ? performance.now() : undefined;
    return answer;
  };
}

/** Asked when the first is UP, and by its connection; else both are the same. */
export function onceUp(first: HealthCheck, then: HealthCheck): HealthCheck {
  return async () => {
    const answer = await first();
    return answer.status === 'UP' ? then() : answer;
  };
}
