/**
 * Where the tests' MySQL comes from: the machine's own `mysqld`, or the packages in the image of
 * the embedded hosts.
 */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type UnpackedProgram, unpackedPackage } from '../../../image-packages.ts';

/** The words before the arguments of `mysqld`. */
export interface Mysqld {
  readonly command: string;
  readonly args: readonly string[];
}

/** @throws when there is none, and no image can be made either */
export async function findMysqld(): Promise<Mysqld> {
  const installed = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin'].map((each) => join(each, 'mysqld')).find(existsSync);
  return installed ? { command: installed, args: ['--no-defaults'] } : inTree(await unpackedPackage('mysql', 'mysql-server-core'));
}

function inTree({ program, loader: [command, ...libraries] }: UnpackedProgram): Mysqld {
  const share = join(program, 'usr/share/mysql');
  return {
    command,
    args: [
      ...libraries,
      join(program, 'usr/sbin/mysqld'),
      '--no-defaults',
      `--basedir=${join(program, 'usr')}`,
      `--lc-messages-dir=${share}`,
      `--character-sets-dir=${join(share, 'charsets')}`,
    ],
  };
}

/**
 * The words before the arguments of a client of MySQL (`mysql`, `mysqldump`) or of `mysqlbinlog`.
 * @throws as `findMysqld`
 */
export async function findMysqlProgram(name: string): Promise<readonly string[]> {
  const installed = (process.env.PATH ?? '')
    .split(delimiter)
    .map((each) => join(each, name))
    .find(existsSync);
  if (installed) return [installed];
  const server = await unpackedPackage('mysql', 'mysql-server-core');
  const { program } = name === 'mysqlbinlog' ? server : await unpackedPackage('mysql-client', 'mysql-client-core');
  return [...server.loader, join(program, 'usr/bin', name)];
}
