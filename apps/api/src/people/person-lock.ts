/**
 * One person's requests one after the other, where a count decides whether there may be one more.
 */
import type { PoolConnection, RowDataPacket } from 'mysql2/promise';

/** Until the transaction ends. A count read before would be the same for concurrent requests. */
export async function lockPerson(connection: PoolConnection, personId: string): Promise<void> {
  await connection.execute<RowDataPacket[]>('SELECT id FROM people WHERE id = ? FOR UPDATE', [personId]);
}
