/** Several statements that happen together or not at all. */
import type { Pool, PoolConnection } from 'mysql2/promise';

/** @param isolation of this transaction alone; MySQL's own, REPEATABLE READ, when it is left out */
export async function inTransaction<T>(
  db: Pool,
  work: (connection: PoolConnection) => Promise<T>,
  isolation?: 'READ COMMITTED',
): Promise<T> {
  const connection = await db.getConnection();
  try {
    if (isolation) await connection.query(`SET TRANSACTION ISOLATION LEVEL ${isolation}`);
    await connection.beginTransaction();
    const result = await work(connection);
    await connection.commit();
    connection.release();
    return result;
  } catch (error) {
    // A connection that cannot roll back must not come back to the pool with its transaction open.
    await connection.rollback().then(
      () => connection.release(),
      () => connection.destroy(),
    );
    throw error;
  }
}
