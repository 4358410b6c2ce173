/** A MySQL server that a test stops, kills and starts again on the same data. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createConnection } from 'mysql2/promise';
import { migrate } from '../../../../apps/api/src/db/migrate.ts';
import { readMigrations } from '../../../../apps/api/src/db/migrations.ts';
import { connectionOptions } from '../../../../apps/api/src/db/pool.ts';
import { Secret } from '../../../../apps/api/src/secret.ts';
import type { MysqlSettings } from '../../../../apps/api/src/settings.ts';
import { findMysqld } from '../mysql/tree.ts';
import { migrationsHere } from '../mysql.ts';

const options = [
  '--skip-networking',
  '--mysqlx=OFF',
  '--skip-log-bin',
  '--secure-file-priv=NULL',
  '--innodb-use-native-aio=OFF',
  '--user=root',
];

export class RestartableMysql {
  readonly #folder = mkdtempSync(join(tmpdir(), 'dojang-mysql-restarted-'));
  #argv: readonly string[] = [];
  #child: ChildProcess | undefined;

  get settings(): MysqlSettings {
    const socket = join(this.#folder, 'socket');
    return { host: '', port: 0, socket, database: 'dojang', user: 'root', password: new Secret(''), pool: 10 };
  }

  /** With all tables. */
  async create(): Promise<void> {
    const { command, args } = await findMysqld();
    const files = [`--datadir=${join(this.#folder, 'data')}`, `--log-error=${join(this.#folder, 'log.err')}`];
    this.#argv = [command, ...args, ...options, ...files];
    const made = spawnSync(command, [...this.#argv.slice(1), '--initialize-insecure']);
    if (made.status !== 0) throw new Error(`mysqld --initialize failed: ${made.stderr}`);
    await this.start();
    const { database, ...server } = connectionOptions(this.settings);
    const connection = await createConnection(server);
    await connection.query(`CREATE DATABASE ${database}`);
    await connection.changeUser({ database });
    await migrate(connection, readMigrations(migrationsHere), { clock: () => new Date(), waitSeconds: 10, onApplied: () => {} });
    await connection.end();
  }

  async start(): Promise<void> {
    const [command = '', ...args] = this.#argv;
    const { socket = '' } = this.settings;
    this.#child = spawn(command, [...args, `--socket=${socket}`, `--pid-file=${join(this.#folder, 'pid')}`], { stdio: 'ignore' });
    while (this.#child.exitCode === null) {
      const connection = await createConnection({ socketPath: socket, user: 'root' }).catch(() => undefined);
      if (connection) return connection.end();
      await wait(50);
    }
    throw new Error('mysqld did not start');
  }

  /** SIGTERM as systemd does, SIGKILL as a power cut. */
  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }

  async remove(): Promise<void> {
    await this.end('SIGKILL');
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
