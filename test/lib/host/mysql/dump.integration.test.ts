/** Dumps of a real MySQL server into a bucket of the embedded AWS. */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { createConnection } from 'mysql2/promise';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parseManifest } from '../../../../lib/release/database/manifest.ts';
import { bash } from '../bash.ts';
import { DatabaseHost, mysqlClient } from './database-host.ts';

const host = new DatabaseHost();

beforeAll(async () => {
  await host.start();
  // Every kind of value that a dump may lose or change.
  await host.sql.query(`CREATE TABLE odd (
    id INT AUTO_INCREMENT PRIMARY KEY, word VARCHAR(50), number DECIMAL(12, 3), real_number DOUBLE, bits BIT(9), made DATETIME(3),
    stamp TIMESTAMP NULL, kind ENUM('a', 'b'), facts JSON, data LONGBLOB, twice DECIMAL(13, 3) AS (number * 2) STORED, KEY odd_word (word))`);
  await host.sql.query(`INSERT INTO odd (word, number, real_number, bits, made, stamp, kind, facts, data) VALUES
    ('계약 🙂 \\'"\\\\ ', 12.345, 0.1, b'101010101', '2026-11-28 01:02:03.456', '2026-11-28 01:02:03', 'b', '{"a": [1, "\\\\n"]}', X'00FF0A0D1A5C27'),
    (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL), ('', -1, 1e300, b'0', '1970-01-02', NULL, 'a', '[]', '')`);
});
beforeEach(() => host.reset());
afterAll(() => host.stop());

const dump = (label = 'nightly', env: Record<string, string> = {}) => host.run('dump', [label], { env });
const manifestOf = async (id: string) => parseManifest((await host.object(`dumps/${id}.json`)).toString());

/** Nothing was stored, nothing is left on the host, and no lock in MySQL. */
async function expectNothing(): Promise<void> {
  expect(await host.keys('dumps/')).toEqual([]);
  expect(await host.left()).toEqual([]);
  await host.sql.query('CREATE TABLE dojang.unlocked (id INT); DROP TABLE dojang.unlocked');
}

it('is compared with what its transaction saw, stored with a manifest, and leaves nothing on the host', async () => {
  const said = dump('2026-11-28.3');
  expect(said).toMatchObject({ code: 0, stderr: '' });
  const { id, key, seconds: _, ...counts } = host.dumped(said);
  expect(key).toBe(`dumps/${id}.sql.gz`);
  expect(id).toMatch(/^\d{8}T\d{6}Z-2026-11-28\.3$/);
  expect(await host.keys('dumps/')).toEqual([`dumps/${id}.json`, `dumps/${id}.sql.gz`]);
  const packed = await host.object(`dumps/${id}.sql.gz`);
  const text = gunzipSync(packed).toString('utf8');
  expect(text).toContain('계약 🙂');
  const manifest = await manifestOf(id);
  expect(manifest).toMatchObject({ label: '2026-11-28.3', bytes: packed.length, migrations: expect.arrayContaining(['0001_people']) });
  expect(manifest?.tables).toContainEqual(expect.objectContaining({ name: 'odd', rows: 3 }));
  expect(counts).toMatchObject({ bytes: packed.length, tables: manifest?.tables.length, rows: manifest?.rows });
  expect(await host.left()).toEqual([]);
  expect(readFileSync(join(host.settings.state, 'newest-dump'), 'utf8')).toMatch(new RegExp(`^${id} \\d+\n$`));
});

it('holds one moment, however much is written meanwhile, with the position of exactly that moment', async () => {
  await host.sql.query('CREATE TABLE dojang.pairs (id INT AUTO_INCREMENT PRIMARY KEY, half INT)');
  const writer = await createConnection(host.place);
  let busy = true;
  const writing = (async () => {
    for (let half = 0; busy; half++) {
      await writer.query('START TRANSACTION');
      await writer.query('INSERT INTO dojang.pairs (half) VALUES (?)', [half]);
      await writer.query('INSERT INTO dojang.pairs (half) VALUES (?)', [half]);
      await writer.query('COMMIT');
    }
  })();
  const child = host.spawn('dump', ['nightly']);
  const code = await new Promise((resolve) => child.once('exit', resolve));
  busy = false;
  await writing;
  await writer.end();
  expect(code).toBe(0);
  const [key = ''] = await host.keys('dumps/');
  const manifest = await manifestOf(key.slice(6, -5));
  const rows = manifest?.tables.find(({ name }) => name === 'pairs')?.rows ?? 0;
  const [all = ''] = await host.column('SELECT COUNT(*) FROM dojang.pairs');
  expect(rows % 2).toBe(0);
  expect(Number(all)).toBeGreaterThan(rows);
  // Each later transaction has its two rows behind the position, and none before it.
  const { file = '', offset = 0 } = manifest?.position ?? {};
  expect(host.insertedRows('pairs', { file, offset })).toBe(Number(all) - rows);
  await host.sql.query('DROP TABLE dojang.pairs');
});

describe('is refused, and leaves nothing,', () => {
  it('when the dump is not what the database holds', async () => {
    host.program('mysqldump', `${await mysqlClient('mysqldump')} | sed 's/12.345/12.346/'`);
    expect(dump()).toMatchObject({ code: 1, stdout: '', stderr: 'dump: the dump is not what the database held: odd has other contents\n' });
    await expectNothing();
  });

  it('when rows or a table are missing, or something is too many', async () => {
    const saidWith = (script: string) => {
      host.program('mysqldump', script);
      return dump().stderr;
    };
    const words = await mysqlClient('mysqldump');
    expect(saidWith(`${words} | sed 's/^INSERT INTO .checklist_sections.*/-- gone/'`)).toContain('checklist_sections has 0 rows, not 4');
    expect(saidWith(`${words} --ignore-table=dojang.odd`)).toContain('odd is missing');
    expect(saidWith(`echo 'CREATE TABLE more (id INT);'; ${words}`)).toContain('more is too many');
    await expectNothing();
  });

  it('when mysqldump ends early, whatever it answers', async () => {
    host.program('mysqldump', `${await mysqlClient('mysqldump')} | head -c 3000`);
    expect(dump()).toMatchObject({ code: 1, stderr: expect.stringContaining('mysqldump failed') });
    host.program('mysqldump', 'echo "mysqldump: Got error: 2013" >&2; exit 3');
    // Its output may end before it has.
    expect(dump()).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^dump: mysqldump (did not begin|failed): mysqldump: Got error: 2013\n$/),
    });
    await expectNothing();
  });

  it('when there is no room for it, before anything is begun', async () => {
    host.install({ reserve: 1e15 });
    expect(dump()).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^dump: no room in .*: \d+ MiB free, \d+ MiB needed; nothing was begun$/m),
    });
    await expectNothing();
  });

  it('when the disk is full in the middle of it', async () => {
    const small = join(host.folder, 'small');
    mkdirSync(small);
    expect(bash(`mount -t tmpfs -o size=2m tmpfs ${small}`)).toMatchObject({ code: 0, stderr: '' });
    try {
      host.install({ spool: small });
      // Something else takes what was free when the dump began.
      host.program('mysqldump', `head -c 4M /dev/zero >${small}/other 2>${host.folder}/full; exec ${await mysqlClient('mysqldump')}`);
      expect(dump()).toMatchObject({ code: 1, stdout: '', stderr: `dump: No space left on device (${small})\n` });
      expect(bash(`find ${small} -type f -printf '%P\n'`).stdout).toBe('other\n');
    } finally {
      bash(`umount ${small}`);
    }
    await expectNothing();
  });

  it('when the bucket is out of reach', async () => {
    const { code, stderr } = dump('nightly', { AWS_ENDPOINT_URL: 'http://127.0.0.1:9', AWS_MAX_ATTEMPTS: '1' });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^dump: the bucket dojang-test-artifacts can't be used: /);
    await expectNothing();
  });

  it('when its name is none', async () => {
    expect(dump('../x')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('neither nightly, nor manual, nor the id of a release'),
    });
    await expectNothing();
  });

  it('every night, when another one is at work, which goes on', async () => {
    const reached = join(host.folder, 'reached');
    const further = join(host.folder, 'further');
    host.program('mysqldump', `: >${reached}; until [ -e ${further} ]; do sleep 0.05; done; ${await mysqlClient('mysqldump')}`);
    const first = host.spawn('dump', ['nightly']);
    const ended = new Promise((resolve) => first.once('exit', resolve));
    await expect.poll(() => existsSync(reached)).toBe(true);
    expect(dump()).toEqual({ code: 75, stdout: '', stderr: 'another dump is at work on this host\n' });
    // A release waits for it.
    const second = host.spawn('dump', ['2026-11-28.4']);
    const waited = new Promise((resolve) => second.once('exit', resolve));
    bash(`touch ${further}`);
    expect(await ended).toBe(0);
    expect(await waited).toBe(0);
    const labels = (await host.keys('dumps/')).map((key) => key.split('-').slice(1).join('-'));
    expect(labels).toEqual(['nightly.json', 'nightly.sql.gz', '2026-11-28.4.json', '2026-11-28.4.sql.gz']);
  });
});

it('ends whatever its size: also one that a pipe can not hold to its end', async () => {
  await host.sql.query('CREATE TABLE dojang.sized (id INT AUTO_INCREMENT PRIMARY KEY, content TEXT)');
  const sizes: number[] = [];
  for (const kilobytes of [12, ...Array<number>(10).fill(4)]) {
    await host.sql.query(`INSERT INTO dojang.sized (content) VALUES (REPEAT('x', ${kilobytes}000))`);
    const { key } = host.dumped(dump());
    sizes.push(gunzipSync(await host.object(key)).length);
  }
  await host.sql.query('DROP TABLE dojang.sized');
  // A pipe of Linux holds 64 KiB.
  expect(Math.min(...sizes)).toBeLessThan(65_536);
  expect(Math.max(...sizes)).toBeGreaterThan(65_536 + 8192);
});

it('of a database without tables, as before the first release, is one too', async () => {
  await host.sql.query('CREATE DATABASE empty_one');
  host.install({ database: 'empty_one' });
  await host.sql.query("GRANT EVENT, LOCK TABLES, SELECT, SHOW VIEW, TRIGGER ON empty_one.* TO 'backup'@'localhost'");
  expect(host.dumped(dump('2026-11-28.1'))).toMatchObject({ tables: 0, rows: 0 });
  await host.sql.query('DROP DATABASE empty_one');
});

it('is made though nothing has changed since the last one: it is the proof before a release', () => {
  const [first, second] = [host.dumped(dump('2026-11-28.5')), host.dumped(dump('2026-11-28.6'))];
  expect(second.id).not.toBe(first.id);
  expect({ tables: second.tables, rows: second.rows }).toEqual({ tables: first.tables, rows: first.rows });
});

it('killed wherever it is, it leaves no lock in MySQL, and the next one succeeds and tidies up', async () => {
  const programs = { mysqldump: await mysqlClient('mysqldump'), mysql: await mysqlClient('mysql') };
  for (const [name, words] of Object.entries(programs)) {
    const reached = join(host.folder, `reached-${name}`);
    const pattern = name === 'mysql' ? '*max-allowed-packet*' : '*';
    host.program(name, `case "$*" in ${pattern}) : >${reached}; exec sleep 60 ;; esac; ${words}`);
    const child = host.spawn('dump', ['nightly']);
    const ended = new Promise((resolve) => child.once('exit', resolve));
    await expect.poll(() => existsSync(reached)).toBe(true);
    child.kill('SIGKILL');
    await ended;
    host.program(name, words);
    await host.sql.query('CREATE TABLE dojang.unlocked (id INT); DROP TABLE dojang.unlocked');
  }
  expect(dump()).toMatchObject({ code: 0, stderr: '' });
  expect(await host.left()).toEqual([]);
});

it('ended by systemd, it leaves nothing', async () => {
  const reached = join(host.folder, 'reached-term');
  host.program('mysqldump', `: >${reached}; exec sleep 60`);
  const child = host.spawn('dump', ['nightly']);
  const ended = new Promise((resolve) => child.once('exit', resolve));
  await expect.poll(() => existsSync(reached)).toBe(true);
  child.kill('SIGTERM');
  expect(await ended).toBe(128 + 15);
  await expectNothing();
});

it('makes room in the bucket: seven nights, five releases, five of restores and of operators, and what has no manifest goes', async () => {
  const id = (day: number, label: string) => `202610${`${day}`.padStart(2, '0')}T170000Z-${label}`;
  const nights = Array.from({ length: 10 }, (_, index) => id(index + 1, 'nightly'));
  const releases = [
    id(1, '2026-10-01.1'),
    id(1, '2026-10-01.2'),
    ...[2, 3, 4, 5].map((day) => id(day, `2026-10-0${day}.1`)),
    id(6, '2026-10-05.1'),
  ];
  const restores = [id(1, 'restored'), id(1, 'before-restore')];
  const manual = [1, 2, 3, 4, 5, 6].map((day) => id(day, 'manual'));
  for (const each of [...nights, ...releases, ...restores, ...manual]) {
    await host.put(`dumps/${each}.json`, '{}');
    await host.put(`dumps/${each}.sql.gz`, 'x');
  }
  await host.put('dumps/20261001T170000Z-nightly-half.sql.gz', 'x');
  const newest = host.dumped(dump()).id;
  const stay = (await host.keys('dumps/')).filter((key) => key.endsWith('.json')).map((key) => key.slice(6, -5));
  expect(stay.filter((each) => each.endsWith('nightly'))).toEqual([...nights.slice(4), newest]);
  expect(stay.filter((each) => each.includes('-2026-'))).toEqual([
    id(1, '2026-10-01.2'),
    ...[2, 3, 4].map((day) => id(day, `2026-10-0${day}.1`)),
    id(6, '2026-10-05.1'),
  ]);
  expect(stay.filter((each) => each.endsWith('restore') || each.endsWith('restored')).sort()).toEqual([...restores].sort());
  expect(stay.filter((each) => each.endsWith('manual'))).toEqual(manual.slice(1));
  expect(await host.keys('dumps/')).toHaveLength(2 * stay.length);
});
