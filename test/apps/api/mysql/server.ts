/**
 * A MySQL server of this test process alone: own folder, own socket, no network; it ends with the
 * process, however that ends.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createConnection } from 'mysql2/promise';
import { createDataDirectory, endOfLog } from './data-directory.ts';
import { findMysqld } from './tree.ts';

/** Where the server is, and an account that may do all. */
interface Place {
  readonly host?: string;
  readonly port?: number;
  readonly socketPath?: string;
  readonly user: string;
  readonly password?: string;
}

export interface Server {
  readonly place: Place;
  stop(): Promise<void>;
}

/**
 * The server named by DOJANG_TEST_MYSQL, like `mysql://root@127.0.0.1:3306`, or one that is
 * started.
 */
export async function startServer(): Promise<Server> {
  const given = process.env.DOJANG_TEST_MYSQL;
  if (!given) return startPrivate();
  const { hostname, port, username, password } = new URL(given);
  return { place: { host: hostname, port: Number(port || 3306), user: username, password }, stop: async () => {} };
}

/** Small and quick: nothing here has to outlive the test. */
const options = [
  '--skip-networking',
  '--mysqlx=OFF',
  '--skip-log-bin',
  '--secure-file-priv=NULL',
  '--performance-schema=OFF',
  '--innodb-buffer-pool-size=64M',
  '--innodb-redo-log-capacity=8M',
  '--innodb-flush-log-at-trx-commit=0',
  '--innodb-doublewrite=OFF',
  '--innodb-use-native-aio=OFF',
  '--user=root',
];

/** @param more options of `mysqld`, which stand above the others */
export async function startPrivate(more: readonly string[] = []): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), 'dojang-mysql-'));
  const { command, args } = await findMysqld();
  const data = join(folder, 'data');
  createDataDirectory([command, ...args, ...options, ...more], data);
  const all = [...args, ...options, ...more, `--datadir=${data}`, `--log-error=${join(folder, 'log.err')}`];
  const socketPath = join(folder, 'socket');
  const child = tied(folder, [command, ...all, `--socket=${socketPath}`, `--pid-file=${join(folder, 'pid')}`]);
  const place = { socketPath, user: 'root' };
  await whenReady(place, child, folder);
  return {
    place,
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.stdin?.end();
      await ended;
    },
  };
}

/**
 * A child that is killed, and its folder removed, when its standard input closes: so also when this
 * process is killed.
 */
function tied(folder: string, argv: readonly string[]): ChildProcess {
  const script = 'folder=$1; shift; "$@" & child=$!; read -r _; kill -9 $child; wait $child; rm -rf "$folder"';
  return spawn('sh', ['-c', script, 'sh', folder, ...argv], { stdio: ['pipe', 'ignore', 'ignore'] });
}

async function whenReady(place: Place, child: ChildProcess, folder: string): Promise<void> {
  for (let tries = 0; tries < 600 && child.exitCode === null; tries++) {
    const connection = existsSync(place.socketPath ?? '') ? await createConnection(place).catch(() => undefined) : undefined;
    if (connection) return connection.end();
    await wait(50);
  }
  child.stdin?.end();
  throw new Error(`mysqld did not start: ${endOfLog(join(folder, 'log.err'))}`);
}
