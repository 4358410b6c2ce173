/**
 * A real MySQL for the tests of a file: its own server or database, brought forward by the real
 * migrations, empty before each test.
 */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createConnection, type Pool, type RowDataPacket } from 'mysql2/promise';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { migrate } from '../../../apps/api/src/db/migrate.ts';
import { readMigrations } from '../../../apps/api/src/db/migrations.ts';
import { connectionOptions, openPool } from '../../../apps/api/src/db/pool.ts';
import { Secret } from '../../../apps/api/src/secret.ts';
import type { MysqlSettings } from '../../../apps/api/src/settings.ts';
import { root } from '../../../scripts/io/state.ts';
import { type Server, startServer } from './mysql/server.ts';

export const migrationsHere = join(root, 'apps/api/migrations');

/** The variables by which a process of the API reaches this database. */
export const mysqlEnvironment = (settings: MysqlSettings) => ({
  MYSQL_HOST: settings.host,
  MYSQL_PORT: String(settings.port),
  MYSQL_SOCKET: settings.socket ?? '',
  MYSQL_DATABASE: settings.database,
  MYSQL_USER: settings.user,
  MYSQL_PASSWORD: settings.password.reveal(),
});

/** Content that migrations bring; it stays between tests. */
const content = new Set(['schema_migrations', 'checklist_sections', 'checklist_items']);

export class TestMysql {
  #server: Server | undefined;
  #pool: Pool | undefined;
  #settings: MysqlSettings | undefined;
  readonly #made: string[] = [];

  /** Of the file's own database, with all tables. */
  get settings(): MysqlSettings {
    return there(this.#settings);
  }

  get db(): Pool {
    return there(this.#pool);
  }

  async start(): Promise<void> {
    this.#server = await startServer();
    this.#settings = await this.emptyDatabase();
    this.#pool = openPool(this.settings);
    const connection = await createConnection(connectionOptions(this.settings));
    await migrate(connection, readMigrations(migrationsHere), { clock: () => new Date(), waitSeconds: 10, onApplied: () => {} });
    await connection.end();
  }

  /** Another database, without tables. */
  async emptyDatabase(): Promise<MysqlSettings> {
    const { place } = there(this.#server);
    const database = `dojang_${randomUUID().replaceAll('-', '')}`;
    await this.#asRoot(`CREATE DATABASE ${database}`);
    this.#made.push(database);
    return {
      host: place.host ?? '127.0.0.1',
      port: place.port ?? 3306,
      socket: place.socketPath,
      database,
      user: place.user,
      password: new Secret(place.password ?? ''),
      pool: 10,
    };
  }

  /** Empties every table but those whose content comes from migrations. */
  async clear(): Promise<void> {
    const [rows] = await this.db.query<RowDataPacket[]>(
      "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE'",
    );
    const connection = await this.db.getConnection();
    await connection.query('SET foreign_key_checks = 0');
    for (const { name } of rows.filter((row) => !content.has(row.name))) await connection.query(`DELETE FROM ${name}`);
    await connection.query('SET foreign_key_checks = 1');
    connection.release();
  }

  async stop(): Promise<void> {
    await this.#pool?.end();
    for (const database of this.#made) await this.#asRoot(`DROP DATABASE IF EXISTS ${database}`);
    await this.#server?.stop();
  }

  async #asRoot(statement: string): Promise<void> {
    const connection = await createConnection({ ...there(this.#server).place });
    await connection.query(statement);
    await connection.end();
  }
}

/** To be called once, at the top of a test file. */
export function useMysql(): TestMysql {
  const mysql = new TestMysql();
  beforeAll(() => mysql.start());
  beforeEach(() => mysql.clear());
  afterAll(() => mysql.stop());
  return mysql;
}

function there<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('MySQL has not been started');
  return value;
}
