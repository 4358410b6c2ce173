/**
 * A dump and shipped binary logs, and what is restored from them: with a real MySQL server and a
 * bucket of the embedded AWS.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { migrate } from '../../../../apps/api/src/db/migrate.ts';
import { readMigrations } from '../../../../apps/api/src/db/migrations.ts';
import { type DumpManifest, parseLogKey, parseManifest } from '../../../../lib/release/database/manifest.ts';
import { planRestore, type RestoreRequest } from '../../../../lib/release/database/plan.ts';
import { restoreSteps } from '../../../../lib/release/database/restore-steps.ts';
import { restoredFrom } from '../../../../lib/release/database/script.ts';
import { migrationsHere } from '../../../apps/api/mysql.ts';
import { bash } from '../bash.ts';
import { DatabaseHost, mysqlClient } from './database-host.ts';

const host = new DatabaseHost();
let first = '';
let between = new Date();

beforeAll(async () => {
  await host.start();
  await add('in the dump');
  first = host.dumped(host.run('dump', ['2026-11-28.1'])).id;
});
afterAll(() => host.stop());

const people = () => host.column('SELECT subject FROM dojang.people ORDER BY id');
const add = (subject: string) =>
  host.sql.query(
    `INSERT INTO dojang.people (issuer, subject, email, name, created_at, signed_in_at) VALUES ('i', '${subject}', 'e', 'n', NOW(), NOW())`,
  );

async function manifests(): Promise<DumpManifest[]> {
  const keys = (await host.keys('dumps/')).filter((key) => key.endsWith('.json'));
  const texts = await Promise.all(keys.map((key) => host.object(key)));
  return texts.flatMap((text) => parseManifest(text.toString()) ?? []);
}

async function plan(request: RestoreRequest): Promise<string> {
  const logs = (await host.keys('binlogs/')).flatMap((key) => parseLogKey(key) ?? []);
  return JSON.stringify(planRestore({ dumps: await manifests(), logs }, request));
}

/** Event times are whole seconds: the next one begins. */
async function nextSecond(): Promise<Date> {
  const [now = ''] = await host.column('SELECT UNIX_TIMESTAMP() + 1');
  const second = Number(now);
  await expect.poll(async () => Number((await host.column('SELECT UNIX_TIMESTAMP()'))[0])).toBeGreaterThanOrEqual(second);
  return new Date(second * 1000);
}

async function expectUntouched(subjects: readonly string[]): Promise<void> {
  expect(await people()).toEqual(subjects);
  expect(await host.left()).toEqual([]);
  expect(await host.column("SELECT user FROM mysql.user WHERE user = 'dojang_restore'")).toEqual([]);
  expect(existsSync(join(host.settings.state, 'restore.json'))).toBe(false);
}

it('binary logs are shipped once and in order, and again what was cut off', async () => {
  await add('shipped');
  expect(host.run('binlog', [], { env: { AWS_ENDPOINT_URL: 'http://127.0.0.1:9', AWS_MAX_ATTEMPTS: '1' } })).toMatchObject({ code: 1 });
  expect(await host.keys('binlogs/')).toEqual([]);
  expect(host.run('binlog')).toMatchObject({ code: 0, stderr: '', stdout: expect.stringMatching(/^binlog\t2\t0\t/) });
  expect(host.run('binlog').stdout).toMatch(/^binlog\t0\t0\t/);
  between = await nextSecond();
  await host.sql.query('USE dojang; CREATE TABLE later (id INT PRIMARY KEY); INSERT INTO later VALUES (1)');
  await add('after');
  expect(host.run('binlog').stdout).toMatch(/^binlog\t1\t0\t/);
  const logs = (await host.keys('binlogs/')).map((key) => parseLogKey(key));
  expect(logs.map((each) => each?.number)).toEqual([1, 2, 3]);
  expect(await host.left()).toEqual([]);
});

it('binary logs that an operator asks for wait for the run that is at work; the run of the timer ends', async () => {
  const lock = join(host.settings.state, 'binlog.lock');
  const atWork = spawn('bash', ['-c', 'exec flock "$0" cat', lock], { stdio: ['pipe', 'ignore', 'ignore'] });
  await expect.poll(() => host.run('binlog').code).toBe(75);
  const asked = host.spawn('binlog', ['--wait']);
  const ended = new Promise((resolve) => asked.once('exit', resolve));
  const files = `/proc/${asked.pid}/fd`;
  const opened = () => existsSync(files) && bash(`readlink ${files}/*`).stdout.split('\n');
  await expect.poll(opened).toContain(lock);
  atWork.stdin.end();
  expect(await ended).toBe(0);
});

describe('a rehearsal leaves the service untouched', () => {
  const everyone = ['in the dump', 'shipped', 'after'];
  const rehearse = async (request: RestoreRequest) => host.run('restore', ['rehearse'], { input: await plan(request) });
  const rows = (stdout: string, table: string) =>
    restoredFrom({ code: 0, stdout, stderr: '' }, { rehearse: true }).tables.find(({ name }) => name === table)?.rows;

  it('and shows the dump', async () => {
    const { code, stdout, stderr } = await rehearse({ dump: first });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(rows(stdout, 'people')).toBe(1);
    expect(rows(stdout, 'later')).toBeUndefined();
    await expectUntouched(everyone);
  });

  it('and shows every write before a time, and none after it', async () => {
    const { stdout, stderr } = await rehearse({ dump: first, to: between });
    expect(stderr).toBe('');
    expect(rows(stdout, 'people')).toBe(2);
    expect(rows(stdout, 'later')).toBeUndefined();
    const all = await rehearse({ dump: first, to: await nextSecond() });
    expect(rows(all.stdout, 'people')).toBe(3);
    expect(rows(all.stdout, 'later')).toBe(1);
    await expectUntouched(everyone);
  });

  it('when the logs hold a statement that names the database of the service', async () => {
    await host.sql.query('CREATE TABLE dojang.named (id INT)');
    expect(host.run('binlog').code).toBe(0);
    const { code, stderr } = await rehearse({ dump: first, to: await nextSecond() });
    expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringMatching(/can't be replayed: .*denied/) });
    await expectUntouched(everyone);
  });

  it('when dump or log are damaged, which is refused', async () => {
    const keys = [`dumps/${first}.sql.gz`, ...(await host.keys('binlogs/')).slice(1, 2)];
    for (const key of keys) {
      const whole = await host.object(key);
      const changed = Buffer.from(whole);
      changed[whole.length >> 1] = (changed[whole.length >> 1] ?? 0) ^ 1;
      for (const content of [whole.subarray(0, -20), changed]) {
        await host.put(key, content);
        expect(await rehearse({ dump: first, to: between })).toMatchObject({
          code: 1,
          stdout: '',
          stderr: expect.stringContaining('is damaged'),
        });
      }
      await host.put(key, whole);
    }
    await expectUntouched(everyone);
  });
});

describe('a restore', () => {
  const serves = () => existsSync(host.serving) && !existsSync(host.page);

  it('puts a time in place, with a dump of what it replaces; a run that was killed within a step is carried on', async () => {
    const input = await plan({ dump: first, to: between });
    const mark = join(host.folder, 'border');
    for (const name of ['mysqlbinlog', 'mysqldump']) {
      const words = await mysqlClient(name);
      bash(`rm -f ${mark}`);
      host.program(name, `: >${mark}; kill -9 $PPID; exit 1`);
      const ended = host.run('restore', ['apply'], { input });
      expect({ name, code: ended.code, reached: existsSync(mark) }).toEqual({ name, code: null, reached: true });
      host.program(name, words);
      expect(await people()).toEqual(name === 'mysqlbinlog' ? ['in the dump', 'shipped', 'after'] : ['in the dump', 'shipped']);
    }
    // What was replaced is not in the bucket yet: the restore is finished before anything else.
    const { code, stderr } = host.run('restore', ['apply'], { input: await plan({ dump: first }) });
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('is finished now; nothing else was begun') });
    await expectUntouched(['in the dump', 'shipped']);
    expect(serves()).toBe(true);
    const replaced = (await manifests()).find(({ label }) => label === 'before-restore');
    expect(replaced?.tables).toContainEqual(expect.objectContaining({ name: 'people', rows: 3 }));
    const restored = (await manifests()).find(({ label }) => label === 'restored');
    expect(restored?.since).toBe(replaced?.at);
  });

  it('can be undone, and leaves a database that the API can use', async () => {
    await add('after the restore');
    const id = (await manifests()).find(({ label }) => label === 'before-restore')?.id ?? '';
    // Without the bucket nothing is replaced, and the service goes on.
    const unreachable = { AWS_ENDPOINT_URL: 'http://127.0.0.1:9', AWS_MAX_ATTEMPTS: '1' };
    expect(host.run('restore', ['apply'], { input: await plan({ dump: id }), env: unreachable })).toMatchObject({ code: 1 });
    await expectUntouched(['in the dump', 'shipped', 'after the restore']);
    expect(serves()).toBe(true);
    const said = host.run('restore', ['apply'], { input: await plan({ dump: id }) });
    expect(said).toMatchObject({ code: 0, stderr: '' });
    expect(restoredFrom({ ...said, code: 0 }, { rehearse: false })).toMatchObject({
      steps: restoreSteps({ toTime: false, rehearse: false })
        .filter(({ where }) => where === 'host')
        .map(({ id }) => ({ id, seconds: expect.any(Number) })),
      replaced: expect.stringMatching(/-before-restore$/),
      restored: expect.stringMatching(/-restored$/),
    });
    await expectUntouched(['in the dump', 'shipped', 'after']);
    await expect(host.sql.query("INSERT INTO dojang.sessions SELECT REPEAT('x', 32), 999, NOW(), NOW()")).rejects.toThrow(/foreign key/);
    await host.sql.query("DELETE FROM dojang.people WHERE subject = 'shipped'");
    expect(await people()).toEqual(['in the dump', 'after']);
  });

  it('brings back what was there before a migration that failed half-way', async () => {
    const id = host.dumped(host.run('dump', ['2026-11-28.2'])).id;
    const half = { name: '0900_half', statements: ['ALTER TABLE people DROP COLUMN email', 'ALTER TABLE people DROP COLUMN nothing'] };
    const options = { clock: () => new Date(), waitSeconds: 10, onApplied: () => undefined };
    const columns = () => host.column('SHOW COLUMNS FROM dojang.people');
    await expect(migrate(host.sql, [...readMigrations(migrationsHere), half], options)).rejects.toThrow(/failed in statement 2 of 2/);
    expect(await columns()).not.toContain('email');
    expect(host.run('restore', ['apply'], { input: await plan({ dump: id }) })).toMatchObject({ code: 0, stderr: '' });
    expect(await columns()).toContain('email');
    expect(await host.column("SELECT name FROM dojang.schema_migrations WHERE name LIKE '09%'")).toEqual([]);
    await expectUntouched(['in the dump', 'after']);
  });

  describe('while an operator has the maintenance page on', () => {
    const about = 'by\tkim on laptop\nreason\ta larger disk\n';
    const apply = async () => host.run('restore', ['apply'], { input: await plan({ dump: 'manual' }) });
    beforeEach(() => {
      host.run('dump', ['manual']);
      writeFileSync(host.page, about);
    });
    afterEach(async () => {
      host.service();
      rmSync(host.page);
    });

    it.each([
      { ends: 'completed', fault: ':', code: 0 },
      { ends: 'because the API does not stop', fault: '[ "$1" != stop ]', code: 1 },
      { ends: 'because its migrations fail', fault: '[ "$1" != migrate ]', code: 1 },
    ])('that ends $ends leaves it on, with its reason', async ({ fault, code }) => {
      host.service(`${fault} || exit 1`);
      expect((await apply()).code).toBe(code);
      expect(existsSync(host.serving)).toBe(true);
      expect(readFileSync(host.page, 'utf8')).toBe(about);
    });

    it('that was killed and is run again leaves it on, with its reason', async () => {
      host.service('[ "$1" != stop ] || { kill -9 $PPID; exit 1; }');
      expect((await apply()).code).toBe(null);
      host.service();
      expect(await apply()).toMatchObject({ code: 0, stderr: '' });
      expect(readFileSync(host.page, 'utf8')).toBe(about);
    });
  });

  it('brings a destroyed volume back on another server, up to the last shipping', async () => {
    await add('before the loss');
    expect(host.run('dump', ['nightly']).code).toBe(0);
    await add('shipped before the loss');
    expect(host.run('binlog').code).toBe(0);
    await add('lost');
    const input = await plan({ to: new Date((await nextSecond()).getTime() + 600_000) });
    await host.stopServer();
    await host.startServer();
    host.install();
    expect(host.run('restore', ['apply'], { input })).toMatchObject({ code: 0, stderr: '' });
    await expectUntouched(['in the dump', 'after', 'before the loss', 'shipped before the loss']);
    expect(host.run('binlog').code).toBe(0);
  });
});
