/**
 * A host of the database for the tests of its tools: a real MySQL server with a binary log and the
 * accounts of the recipe, the tools as the recipe writes them, and a bucket of the embedded AWS.
 */
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { CreateBucketCommand, DeleteObjectCommand, GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { type Connection, createConnection, type RowDataPacket } from 'mysql2/promise';
import { migrate } from '../../../../apps/api/src/db/migrate.ts';
import { readMigrations } from '../../../../apps/api/src/db/migrations.ts';
import { quoted } from '../../../../lib/host/bash/bash-template.ts';
import { mysqlAccounts } from '../../../../lib/host/mysql/accounts.ts';
import { toolFiles } from '../../../../lib/host/mysql/tools/programs.ts';
import { type DatabaseTools, databaseTools } from '../../../../lib/host/mysql/tools/settings.ts';
import { type Dumped, dumpedFrom } from '../../../../lib/release/database/script.ts';
import { type AwsClients, awsClients } from '../../../../scripts/io/aws/clients.ts';
import { connectionFrom } from '../../../../scripts/io/connection.ts';
import { pythonEnvironment } from '../../../../scripts/io/process/python.ts';
import { remove, root } from '../../../../scripts/io/state.ts';
import { ensureLocalAws, stopLocalAws } from '../../../../scripts/local/aws/index.ts';
import { type Server, startPrivate } from '../../../apps/api/mysql/server.ts';
import { findMysqlProgram } from '../../../apps/api/mysql/tree.ts';
import { migrationsHere } from '../../../apps/api/mysql.ts';
import { bash, type Said } from '../bash.ts';
import { local } from '../recipes.ts';

const password = 'a"b\\c\'d';

/** Bash that calls a client of MySQL with the arguments of the program that it stands in. */
export async function mysqlClient(name: string): Promise<string> {
  return `${(await findMysqlProgram(name)).map(quoted).join(' ')} "$@"`;
}

export class DatabaseHost {
  readonly folder = mkdtempSync(join(tmpdir(), 'dojang-dumps-'));
  readonly bin = join(this.folder, 'bin');
  readonly bucket = 'dojang-test-artifacts';
  #server: Server | undefined;
  #root: Connection | undefined;
  #clients: AwsClients | undefined;
  #env: Readonly<Record<string, string>> = {};
  #python = '';

  get settings(): DatabaseTools {
    return {
      ...databaseTools(local, { artifactBucket: this.bucket }),
      socket: this.#server?.place.socketPath ?? '',
      secretTool: join(this.bin, 'secret'),
      spool: join(this.folder, 'spool'),
      state: join(this.folder, 'state'),
      maintenance: join(this.bin, 'maintenance'),
      service: join(this.bin, 'serving-api'),
      releaseLock: join(this.folder, 'releases.lock'),
      reserve: 0,
    };
  }

  get place(): Server['place'] {
    if (!this.#server) throw new Error('the host has not been started');
    return this.#server.place;
  }

  get sql(): Connection {
    if (!this.#root) throw new Error('the host has not been started');
    return this.#root;
  }

  async start(): Promise<void> {
    mkdirSync(this.bin);
    await Promise.all([this.#startAws(), this.startServer()]);
    this.program('secret', `printf '%s\\n' ${quoted(password)}`);
    await this.reset();
  }

  async startServer(): Promise<void> {
    this.#server = await startPrivate(['--log-bin=binlog', '--server-id=1', '--default-time-zone=+00:00']);
    this.#root = await createConnection({ ...this.#server.place, multipleStatements: true });
    await this.sql.query('CREATE DATABASE dojang CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci; USE dojang');
    await migrate(this.sql, readMigrations(migrationsHere), { clock: () => new Date(), waitSeconds: 10, onApplied: () => {} });
    await this.#account();
  }

  /** The statements of the recipe's step, with a password of this test. */
  async #account(): Promise<void> {
    const { definitions } = mysqlAccounts(local).find(({ id }) => id === 'mysql-backup') ?? { definitions: '' };
    const literal = `'${password.replaceAll(/[\\']/g, '\\$&')}'`;
    const { stdout } = bash(`secret() { cat; }\n${definitions}\naccount_of_backup`);
    await this.sql.query(stdout.replaceAll(/\{\{sql [^}]*\}\}/g, () => literal));
  }

  async #startAws(): Promise<void> {
    const progress = () => undefined;
    const aws = await ensureLocalAws(join(this.folder, 'aws'), local.aws, { mayStart: true, progress });
    this.#env = aws.env;
    this.#python = await pythonEnvironment(join(root, 'scripts/local/aws/requirements.txt'), progress);
    this.#clients = awsClients(local, connectionFrom(aws.env));
    const where = { LocationConstraint: 'ap-northeast-2' } as const;
    await this.#s3.send(new CreateBucketCommand({ Bucket: this.bucket, CreateBucketConfiguration: where }));
  }

  get #s3() {
    if (!this.#clients) throw new Error('the host has not been started');
    return this.#clients.s3;
  }

  /** What serves: there while the API may write. */
  readonly serving = join(this.folder, 'serving');
  /** There while a write of the API is under way. */
  readonly writing = join(this.folder, 'writing');
  /** There while visitors see the maintenance page. */
  readonly page = join(this.folder, 'page');

  /**
   * The API stops when its requests have ended; `when` is bash that runs before a word is obeyed.
   */
  service(when = ''): void {
    this.program(
      'serving-api',
      `${when}
case $1 in
  stop) rm -f ${this.serving}; while [ -e ${this.writing} ]; do sleep 0.01; done ;;
  start) : >${this.serving} ;;
esac`,
    );
    this.program(
      'maintenance',
      `case $1 in
  on) printf 'by\\t%s\\nreason\\t%s\\n' "$3" "$2" >${this.page} ;;
  off) rm -f ${this.page} ;;
  status) if [ -e ${this.page} ]; then echo on; cat ${this.page}; else echo off; fi ;;
esac`,
    );
  }

  /** The programs as they should be, and an empty bucket. */
  async reset(): Promise<void> {
    for (const name of ['mysql', 'mysqldump', 'mysqlbinlog']) this.program(name, `exec ${await mysqlClient(name)}`);
    this.service();
    this.install();
    for (const Key of await this.keys('')) await this.#s3.send(new DeleteObjectCommand({ Bucket: this.bucket, Key }));
  }

  /** Rows that a binary log of this server inserts into a table of the service, from there on. */
  insertedRows(table: string, { file, offset }: { readonly file: string; readonly offset: number }): number {
    const path = join(dirname(this.place.socketPath ?? ''), 'data', file);
    const options = `--no-defaults --base64-output=decode-rows -v --start-position=${offset}`;
    const { stdout, stderr } = bash(
      `${join(this.bin, 'mysqlbinlog')} ${options} ${path} | grep -c '^### INSERT INTO .dojang.\\..${table}.$'`,
    );
    if (stderr !== '') throw new Error(stderr);
    return Number(stdout);
  }

  /** A program of the host, in bash. */
  program(name: string, script: string): void {
    writeFileSync(join(this.bin, name), `#!/bin/bash\n${script}\n`);
    chmodSync(join(this.bin, name), 0o755);
  }

  install(settings: Partial<DatabaseTools> = {}): void {
    for (const { name, content } of toolFiles({ ...this.settings, ...settings })) writeFileSync(join(this.folder, name), `${content}\n`);
  }

  variables(env: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
    return { ...process.env, ...this.#env, PATH: `${this.bin}:${process.env.PATH}`, ...env };
  }

  run(tool: string, args: readonly string[] = [], { input = '', env = {} }: { input?: string; env?: Record<string, string> } = {}): Said {
    const options = { encoding: 'utf8', input, env: this.variables(env) } as const;
    const { status, stdout, stderr, error } = spawnSync(this.#python, ['-B', join(this.folder, tool), ...args], options);
    if (error) throw error;
    return { code: status, stdout, stderr };
  }

  /** As the operator's machine reads it; a tool that was killed has no exit status of its own. */
  dumped({ code, ...said }: Said): Dumped {
    return dumpedFrom({ ...said, code: code ?? 137 });
  }

  spawn(tool: string, args: readonly string[] = [], env: Readonly<Record<string, string>> = {}) {
    return spawn(this.#python, ['-B', join(this.folder, tool), ...args], { env: this.variables(env) });
  }

  /** A tool that is killed before or after a step, like `before exchange`. */
  killed(tool: string, args: readonly string[], at: string) {
    const script = `import os, runpy, signal, sys
sys.path.insert(0, ${JSON.stringify(this.folder)})
import dojang_database
real = dojang_database.perform
def perform(step, action, *given):
    for when in ("before", "after"):
        if ${JSON.stringify(at)} == f"{when} {step}":
            os.kill(os.getpid(), signal.SIGKILL)
        result = real(step, action, *given) if when == "before" else result
    return result
dojang_database.perform = perform
sys.argv = ${JSON.stringify([tool, ...args])}
runpy.run_path(${JSON.stringify(join(this.folder, tool))}, run_name="__main__")`;
    return spawn(this.#python, ['-B', '-c', script], { env: this.variables() });
  }

  async column(statement: string): Promise<string[]> {
    const [rows] = await this.sql.query<RowDataPacket[]>(statement);
    return rows.map((row) => String(Object.values(row)[0]));
  }

  /** What a run must not leave: files of the spool, and databases beside the service's. */
  async left(): Promise<string[]> {
    const { spool } = this.settings;
    const files = existsSync(spool) ? readdirSync(spool, { recursive: true, withFileTypes: true }).filter((each) => each.isFile()) : [];
    return [...files.map(({ name }) => name), ...(await this.column("SHOW DATABASES LIKE 'dojang\\_%'"))];
  }

  async keys(prefix: string): Promise<string[]> {
    const { Contents = [] } = await this.#s3.send(new ListObjectsV2Command({ Bucket: this.bucket, Prefix: prefix }));
    return Contents.map(({ Key = '' }) => Key);
  }

  async object(key: string): Promise<Buffer> {
    const { Body } = await this.#s3.send(new GetObjectCommand({ Bucket: this.bucket, Key: key }));
    return Buffer.from((await Body?.transformToByteArray()) ?? []);
  }

  async put(key: string, content: Buffer | string): Promise<void> {
    await this.#s3.send(new PutObjectCommand({ Bucket: this.bucket, Key: key, Body: content }));
  }

  /** As when the volume is destroyed: nothing of the server is left. */
  async stopServer(): Promise<void> {
    await this.#root?.end();
    this.#root = undefined;
    await this.#server?.stop();
  }

  async stop(): Promise<void> {
    await this.stopServer();
    await stopLocalAws(join(this.folder, 'aws'));
    remove(this.folder);
  }
}
