/** One person's requests one after the other, where a count decides whether there may be one more. */
import type { PoolConnection, RowDataPacket } from 'mysql2/promise';

/** Until the transaction ends. A count that is read before this would be the same for all who come at once. */
export async function lockPerson(connection: PoolConnection, personId: string): Promise<void> {
  await connection.execute<RowDataPacket[]>('SELECT id FROM people WHERE id = ? FOR UPDATE', [personId]);
}
