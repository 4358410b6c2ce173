/**
 * Brings a database forward to what a release needs, one release at a time, and goes on where a
 * killed run stopped.
 */
import type { Connection, Pool, RowDataPacket } from 'mysql2/promise';
import { checksum, type Migration } from './migrations.ts';

export interface MigrationState {
  readonly name: string;
  /**
   * `partly`: a run ended in it. `changed`: not what was applied. `newer`: applied by a release
   * that knows more.
   */
  readonly state: 'applied' | 'pending' | 'partly' | 'changed' | 'newer';
  readonly done: number;
  readonly of: number;
}

class MigrationError extends Error {
  readonly migration: string | undefined;

  constructor(message: string, migration?: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'MigrationError';
    this.migration = migration;
  }
}

export interface MigrateOptions {
  readonly clock: () => Date;
  /** How long to wait for another release that is migrating. */
  readonly waitSeconds: number;
  /** Called after each migration. */
  readonly onApplied: (name: string) => void;
}

/** The state of each migration. Writes nothing. */
export async function migrationStates(db: Connection | Pool, migrations: readonly Migration[]): Promise<MigrationState[]> {
  const rows = (await hasTable(db)) ? await recorded(db) : [];
  const known = new Set(migrations.map(({ name }) => name));
  const newer = rows.filter(({ name }) => !known.has(name));
  return [
    ...migrations.map((each) =>
      stateOf(
        each,
        rows.find(({ name }) => name === each.name),
      ),
    ),
    ...newer.map(({ name, done }): MigrationState => ({ name, state: 'newer', done, of: done })),
  ];
}

/**
 * Applies what is pending, in order. @returns the names of what was applied
 * @throws MigrationError naming the migration; the earlier ones and the statements before the
 *   failed one stay.
 */
export async function migrate(db: Connection, migrations: readonly Migration[], options: MigrateOptions): Promise<string[]> {
  await lock(db, options.waitSeconds);
  try {
    await db.query(table);
    const states = await migrationStates(db, migrations);
    const changed = states.find(({ state }) => state === 'changed');
    if (changed) throw new MigrationError(`migration ${changed.name} is not what was applied; make a new one instead`, changed.name);
    const open = migrations.filter((each) => states.some(({ name, state }) => name === each.name && state !== 'applied'));
    for (const each of open) {
      await apply(db, each, options.clock);
      options.onApplied(each.name);
    }
    return open.map(({ name }) => name);
  } finally {
    await db.query('DO RELEASE_LOCK(?)', [await lockName(db)]);
  }
}

/**
 * `begun` is one more than `done` while a statement runs: after a kill, only that one is in doubt.
 */
const table = `CREATE TABLE IF NOT EXISTS schema_migrations (
  name VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  checksum CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  begun INT NOT NULL,
  done INT NOT NULL,
  applied_at DATETIME(3) NULL
)`;

interface MigrationRow extends RowDataPacket {
  readonly name: string;
  readonly checksum: string;
  readonly begun: number;
  readonly done: number;
  readonly applied_at: Date | null;
}

async function hasTable(db: Connection | Pool): Promise<boolean> {
  const [rows] = await db.query<RowDataPacket[]>(
    "SELECT 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'schema_migrations'",
  );
  return rows.length > 0;
}

async function recorded(db: Connection | Pool): Promise<MigrationRow[]> {
  const [rows] = await db.query<MigrationRow[]>('SELECT name, checksum, begun, done, applied_at FROM schema_migrations ORDER BY name');
  return rows;
}

function stateOf(migration: Migration, row: MigrationRow | undefined): MigrationState {
  const { name, statements } = migration;
  const of = statements.length;
  if (!row) return { name, state: 'pending', done: 0, of };
  const same = row.checksum === checksum(migration, row.done);
  const whole = row.applied_at !== null;
  if (!same || (whole && row.done !== of)) return { name, state: 'changed', done: row.done, of };
  return { name, state: whole ? 'applied' : 'partly', done: row.done, of };
}

async function lock(db: Connection, waitSeconds: number): Promise<void> {
  const [rows] = await db.query<RowDataPacket[]>('SELECT GET_LOCK(?, ?) AS got', [await lockName(db), waitSeconds]);
  if (rows[0]?.got !== 1) throw new MigrationError(`another release has been migrating this database for ${waitSeconds} s`);
}

/**
 * Locks are the server's, so the name holds the database's; at most 64 characters, so as a digest.
 */
async function lockName(db: Connection): Promise<string> {
  const [rows] = await db.query<RowDataPacket[]>("SELECT CONCAT('migrate-', SHA2(DATABASE(), 224)) AS name");
  return String(rows[0]?.name);
}

async function apply(db: Connection, migration: Migration, clock: () => Date): Promise<void> {
  const { name, statements } = migration;
  await db.query('INSERT IGNORE INTO schema_migrations (name, checksum, begun, done) VALUES (?, ?, 0, 0)', [name, checksum(migration, 0)]);
  const row = (await recorded(db)).find((each) => each.name === name);
  const { begun = 0, done = 0 } = row ?? {};
  for (const [at, statement] of statements.entries()) {
    if (at < done) continue;
    await db.query('UPDATE schema_migrations SET begun = ? WHERE name = ?', [at + 1, name]);
    await carryOut(db, statement, begun > at).catch((error: Error) => {
      throw new MigrationError(`migration ${name} failed in statement ${at + 1} of ${statements.length}: ${error.message}`, name, error);
    });
    await db.query('UPDATE schema_migrations SET done = ?, checksum = ? WHERE name = ?', [at + 1, checksum(migration, at + 1), name]);
    await db.query('COMMIT');
  }
  await db.query('UPDATE schema_migrations SET applied_at = ? WHERE name = ?', [clock(), name]);
}

/** Errors of MySQL for a table, column, key or constraint that exists or is dropped already. */
const already = new Set([1050, 1060, 1061, 1051, 1091, 1826, 3822]);

/**
 * Changes of rows are committed with the note that they are done. MySQL commits a change of tables
 * by itself, wholly or not at all.
 */
async function carryOut(db: Connection, statement: string, inDoubt: boolean): Promise<void> {
  await db.query('START TRANSACTION');
  try {
    await db.query(statement);
  } catch (error) {
    if (!(inDoubt && already.has((error as { errno?: number }).errno ?? 0))) {
      await db.query('ROLLBACK');
      throw error;
    }
  }
}
