/**
 * A restore that is killed at every border of its plan and run again, while a service writes: with
 * a real MySQL server and a bucket of the embedded AWS.
 */
import type { ChildProcess } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { type Connection, createConnection } from 'mysql2/promise';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type DumpManifest, parseLogKey, parseManifest } from '../../../../lib/release/database/manifest.ts';
import { planRestore } from '../../../../lib/release/database/plan.ts';
import { restoreSteps } from '../../../../lib/release/database/restore-steps.ts';
import { DatabaseHost } from './database-host.ts';

const host = new DatabaseHost();
const restored = ['in the dump', 'shipped'];
let input = '';

const insert = (sql: Connection, subject: string) =>
  sql.query(
    `INSERT INTO dojang.people (issuer, subject, email, name, created_at, signed_in_at) VALUES ('i', '${subject}', 'e', 'n', NOW(), NOW())`,
  );
const people = () => host.column('SELECT subject FROM dojang.people ORDER BY id');

beforeAll(async () => {
  await host.start();
  await insert(host.sql, 'in the dump');
  host.dumped(host.run('dump', ['2026-11-28.1']));
  await insert(host.sql, 'shipped');
  // Event times are whole seconds: the next one begins.
  const [now = ''] = await host.column('SELECT UNIX_TIMESTAMP(), SLEEP(1.01 - MICROSECOND(NOW(6)) / 1000000)');
  const to = new Date((Number(now) + 1) * 1000);
  await insert(host.sql, 'after the time');
  host.run('binlog');
  const logs = (await host.keys('binlogs/')).flatMap((key) => parseLogKey(key) ?? []);
  input = JSON.stringify(planRestore({ dumps: await manifests(), logs }, { to }));
});
afterAll(() => host.stop());

async function manifests(): Promise<DumpManifest[]> {
  const keys = (await host.keys('dumps/')).filter((key) => key.endsWith('.json'));
  return (await Promise.all(keys.map((key) => host.object(key)))).flatMap((text) => parseManifest(text.toString()) ?? []);
}

/** An API that writes whenever it runs, and knows what MySQL has acknowledged. */
class Writer {
  readonly acknowledged: string[] = [];
  /** Writes for visitors alone, and not of its own accord. */
  forVisitors = false;
  #ending = false;
  #running: Promise<void> | undefined;

  start(): void {
    this.#running = this.#run();
  }

  async #run(): Promise<void> {
    const sql = await createConnection(host.place);
    while (!this.#ending) {
      writeFileSync(host.writing, '');
      if (existsSync(host.serving) && !(this.forVisitors && existsSync(host.page))) {
        const subject = `write ${process.hrtime.bigint()}`;
        await insert(sql, subject);
        this.acknowledged.push(subject);
      }
      rmSync(host.writing);
      // What was written is searched for in each dump of what a restore replaced.
      await wait(10);
    }
    await sql.end();
  }

  async end(): Promise<void> {
    this.#ending = true;
    await this.#running;
  }
}

let writer: Writer;
beforeEach(() => {
  host.service();
  writeFileSync(host.serving, '');
  writer = new Writer();
  writer.start();
});
afterEach(() => writer.end());

async function ended(child: ChildProcess): Promise<{ code: number | null; stderr: string }> {
  let stderr = '';
  child.stderr?.on('data', (data) => {
    stderr += data;
  });
  child.stdout?.resume();
  child.stdin?.end(input);
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  return { code, stderr };
}

/** As after a boot: the API is started, and takes writes. */
async function boot(): Promise<void> {
  const before = writer.acknowledged.length;
  writeFileSync(host.serving, '');
  if (writer.forVisitors && existsSync(host.page)) return;
  await expect.poll(() => writer.acknowledged.length).toBeGreaterThan(before);
}

/** Each write that was acknowledged is there, or in a dump of what was replaced. */
async function expectNothingLost(): Promise<void> {
  await writer.end();
  const there = new Set(await people());
  const missing = writer.acknowledged.filter((each) => !there.has(each));
  const replaced = (await manifests()).filter(({ label }) => label === 'before-restore');
  const texts = await Promise.all(replaced.map(({ id }) => host.object(`dumps/${id}.sql.gz`)));
  const dumped = texts.map((text) => gunzipSync(text).toString()).join('\n');
  expect(missing.filter((each) => !dumped.includes(`'${each}'`))).toEqual([]);
}

async function expectRestored(): Promise<void> {
  await expectNothingLost();
  expect((await people()).slice(0, 3).filter((each) => !each.startsWith('write'))).toEqual(restored);
  expect(await host.left()).toEqual([]);
  expect({ serves: existsSync(host.serving), page: existsSync(host.page) }).toEqual({ serves: true, page: false });
}

const steps = restoreSteps({ toTime: true, rehearse: false }).filter(({ where, id }) => where === 'host' && id !== 'ship');

describe('a restore under writes', () => {
  it('loses none, and the API takes none while the tables are exchanged', async () => {
    expect(await ended(host.spawn('restore', ['apply']))).toEqual({ code: 0, stderr: '' });
    await expectRestored();
  });

  it.each(steps)(
    'that is killed before and after $id, with a boot after each: run again it is complete, and no write is lost',
    async ({ id }) => {
      for (const border of [`before ${id}`, `after ${id}`]) {
        expect(await ended(host.killed('restore', ['apply'], border))).toEqual({ code: null, stderr: '' });
        await boot();
      }
      expect(await ended(host.spawn('restore', ['apply']))).toEqual({ code: 0, stderr: '' });
      await expectRestored();
    },
  );
});

describe('a service that does not work with what was restored', () => {
  /** Runs `then` in the second `word` that the service gets: the first is the restore's own. */
  const failing = (fault: string, word = 'none', then = '') =>
    host.service(
      `${fault}\nif [ "$1" = ${word} ]; then echo >>${host.folder}/${word}.count; [ "$(wc -l <${host.folder}/${word}.count)" != 2 ] || { ${then || ':'}; }; fi`,
    );
  const migrationFails = '[ "$1" != migrate ] || { echo "migration 0102 failed in statement 2 of 3"; exit 1; }';

  async function expectAsBefore(before: readonly string[]): Promise<void> {
    await expectNothingLost();
    expect((await people()).slice(0, before.length)).toEqual(before);
    expect(await host.left()).toEqual([]);
    expect({ serves: existsSync(host.serving), page: existsSync(host.page) }).toEqual({ serves: true, page: false });
  }

  it.each([
    ['its migration fails', migrationFails, 'serving-api migrate failed: migration 0102 failed in statement 2 of 3'],
    // Only with the restored tables: the first start is the restore's.
    [
      'it is not healthy',
      `[ "$1" != start ] || [ -e ${host.folder}/tried ] || { : >${host.folder}/tried; echo "not healthy within 60 s"; exit 1; }`,
      'serving-api start failed: not healthy within 60 s',
    ],
  ])('because %s: it has again what it had', async (_, fault, reason) => {
    const before = await people();
    failing(fault);
    const { code, stderr } = await ended(host.spawn('restore', ['apply']));
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `restore: the service does not work with what was restored, and has again what it had: ${reason}\n`,
    });
    await expectAsBefore(before);
  });

  it.each(['stop', 'start'])('and a run that is killed while it puts things right, at its %s: the next one does', async (word) => {
    writer.forVisitors = true;
    const before = await people();
    rmSync(`${host.folder}/${word}.count`, { force: true });
    if (word === 'start') writeFileSync(`${host.folder}/${word}.count`, '\n');
    failing(migrationFails, word, 'kill -9 $PPID; exit 1');
    expect((await ended(host.spawn('restore', ['apply']))).code).toBe(null);
    await boot();
    expect(await ended(host.spawn('restore', ['apply']))).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('has again what it had'),
    });
    await expectAsBefore(before);
  });
});
