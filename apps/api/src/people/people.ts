/** People as the provider last described them. */
import type { Pool, ResultSetHeader } from 'mysql2/promise';
import type { Identity } from '../auth/identity.ts';

/**
 * Known by issuer and subject, which never change; the rest is brought up to date. @returns the
 * person's id
 */
export async function welcome(db: Pool, { issuer, subject, name, email, plan }: Identity, now: Date): Promise<string> {
  const [{ insertId }] = await db.execute<ResultSetHeader>(
    `INSERT INTO people (issuer, subject, name, email, plan, created_at, signed_in_at) VALUES (?, ?, ?, ?, ?, ?, ?) AS new
     ON DUPLICATE KEY UPDATE id = LAST_INSERT_ID(people.id), name = new.name, email = new.email, plan = new.plan, signed_in_at = new.signed_in_at`,
    [issuer, subject, name, email, plan, now, now],
  );
  return String(insertId);
}
