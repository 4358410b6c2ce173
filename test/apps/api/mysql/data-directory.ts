/**
 * The data directory of a new MySQL server. `mysqld --initialize` takes seconds, and makes the same
 * each time: one run of the tests does it once, and copies.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * @param argv of `mysqld`, with the options that the server is started with: some make files of
 * their own
 */
export function createDataDirectory(argv: readonly [string, ...string[]], target: string): void {
  const shared = join(tmpdir(), `dojang-mysql-${createHash('sha256').update(argv.join('\0')).digest('hex').slice(0, 16)}`);
  if (!existsSync(shared)) share(initialize(argv), shared);
  const { status, stderr } = spawnSync('cp', ['-a', '--reflink=auto', shared, target], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`no copy of ${shared}: ${stderr}`);
}

function initialize([command, ...args]: readonly [string, ...string[]]): string {
  const folder = mkdtempSync(join(tmpdir(), 'dojang-mysql-initialize-'));
  const data = join(folder, 'data');
  const log = join(folder, 'log.err');
  const { status, error, stderr } = spawnSync(command, [...args, `--datadir=${data}`, `--log-error=${log}`, '--initialize-insecure']);
  if (status !== 0) throw new Error(`mysqld --initialize failed: ${error?.message ?? `${stderr}${endOfLog(log)}`}`);
  // The identity of a server, which each makes for itself when it starts without one.
  rmSync(join(data, 'auto.cnf'), { force: true });
  return data;
}

/** Of two workers that do it at the same time, one is first. */
function share(data: string, shared: string): void {
  try {
    renameSync(data, shared);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOTEMPTY') throw error;
  }
}

export function endOfLog(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').slice(-5).join('\n') : '(no log)';
}
