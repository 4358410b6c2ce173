/** Counts in the database itself how often each contract was answered, by any process. */
import type { Pool } from 'mysql2/promise';
import { rows } from './service.ts';

const open = "('waiting', 'running')";

export async function watchEndings(db: Pool): Promise<void> {
  await db.query('CREATE TABLE IF NOT EXISTS endings (contract CHAR(36) NOT NULL)');
  await db.query('DROP TRIGGER IF EXISTS endings_seen');
  await db.query(
    `CREATE TRIGGER endings_seen AFTER UPDATE ON contracts FOR EACH ROW
     IF NEW.status NOT IN ${open} THEN INSERT INTO endings VALUES (NEW.id); END IF`,
  );
}

/**
 * The ids of contracts in the order they were answered; one that was answered twice is
 * listed twice.
 */
export async function endings(db: Pool): Promise<unknown[]> {
  return (await rows(db, 'SELECT contract FROM endings')).map(({ contract }) => contract);
}
