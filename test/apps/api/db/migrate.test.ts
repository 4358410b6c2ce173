import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Connection, createConnection, type RowDataPacket } from 'mysql2/promise';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrate, migrationStates } from '../../../../apps/api/src/db/migrate.ts';
import { readMigrations } from '../../../../apps/api/src/db/migrations.ts';
import { connectionOptions } from '../../../../apps/api/src/db/pool.ts';
import { Secret } from '../../../../apps/api/src/secret.ts';
import type { MysqlSettings } from '../../../../apps/api/src/settings.ts';
import { remove } from '../../../../scripts/io/state.ts';
import { useMysql } from '../mysql.ts';
import { migrateElsewhere, migrateScript } from './processes.ts';

const mysql = useMysql();
let settings: MysqlSettings;
let db: Connection;
let folder: string;
const children: ChildProcess[] = [];

beforeEach(async () => {
  settings = await mysql.emptyDatabase();
  db = await createConnection(connectionOptions(settings));
  folder = mkdtempSync(join(tmpdir(), 'dojang-migrations-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await db.end();
  remove(folder);
});

const write = (name: string, ...statements: string[]) => writeFileSync(join(folder, `${name}.sql`), statements.join('\n-- statement\n'));
const run = (waitSeconds = 5) =>
  migrate(db, readMigrations(folder), { clock: () => new Date('2026-11-21T00:00:00Z'), waitSeconds, onApplied: () => {} });
const states = async () => (await migrationStates(db, readMigrations(folder))).map(({ name, state }) => `${name} ${state}`);
const rows = async (sql: string) => (await db.query<RowDataPacket[]>(sql))[0];

/** A process of its own that applies this test's migrations; ended with the test. */
function elsewhere(): ChildProcess {
  const child = migrateElsewhere(settings, folder);
  children.push(child);
  return child;
}

/** Waits until another connection runs a statement that contains this. */
async function running(part: string): Promise<void> {
  const question = 'SELECT 1 FROM information_schema.processlist WHERE info LIKE ? AND id <> CONNECTION_ID()';
  for (;;) {
    const [found] = await db.query<RowDataPacket[]>(question, [`%${part}%`]);
    if (found.length > 0) return;
    await wait(20);
  }
}

describe('migrations', () => {
  it('are applied in order, once', async () => {
    write('0001_first', 'CREATE TABLE a (id INT)', 'INSERT INTO a VALUES (1)');
    write('0002_second', 'INSERT INTO a VALUES (2)');
    expect(await states()).toEqual(['0001_first pending', '0002_second pending']);
    expect(await run()).toEqual(['0001_first', '0002_second']);
    expect(await run()).toEqual([]);
    expect(await rows('SELECT id FROM a ORDER BY id')).toEqual([{ id: 1 }, { id: 2 }]);
    expect(await states()).toEqual(['0001_first applied', '0002_second applied']);
  });

  it('refuse an applied file that has changed, before anything else is applied', async () => {
    write('0001_first', 'CREATE TABLE a (id INT)');
    await run();
    write('0001_first', 'CREATE TABLE a (id BIGINT)');
    write('0002_second', 'CREATE TABLE b (id INT)');
    await expect(run()).rejects.toThrow('0001_first is not what was applied');
    write('0001_first', 'CREATE TABLE a (id INT)', 'INSERT INTO a VALUES (1)');
    await expect(run()).rejects.toThrow('0001_first is not what was applied');
    expect(await rows("SHOW TABLES LIKE 'b'")).toEqual([]);
  });

  it('name the failed one and keep what was before; corrected, it goes on from there', async () => {
    write('0001_first', 'CREATE TABLE a (id INT)');
    write('0002_second', 'INSERT INTO a VALUES (1)', 'INSERT INTO nowhere VALUES (1)', 'INSERT INTO a VALUES (3)');
    await expect(run()).rejects.toMatchObject({ migration: '0002_second', message: expect.stringContaining('statement 2 of 3') });
    expect(await states()).toEqual(['0001_first applied', '0002_second partly']);
    write('0002_second', 'INSERT INTO a VALUES (1)', 'INSERT INTO a VALUES (2)', 'INSERT INTO a VALUES (3)');
    await run();
    expect(await rows('SELECT id FROM a ORDER BY id')).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }]);
  });

  it('killed half-way go on where they stopped, doing nothing twice', async () => {
    write(
      '0001_first',
      'CREATE TABLE a (id INT)',
      'INSERT INTO a VALUES (1)',
      'INSERT INTO a SELECT SLEEP(600)',
      'INSERT INTO a VALUES (3)',
    );
    const child = elsewhere();
    await running('SLEEP(600)');
    child.kill('SIGKILL');
    await once(child, 'exit');
    const [sleeping] = await rows("SELECT id FROM information_schema.processlist WHERE info LIKE '%SLEEP(600)%' AND id <> CONNECTION_ID()");
    if (sleeping) await db.query('KILL ?', [sleeping.id ?? sleeping.ID]);
    expect(await states()).toEqual(['0001_first partly']);
    write('0001_first', 'CREATE TABLE a (id INT)', 'INSERT INTO a VALUES (1)', 'INSERT INTO a VALUES (2)', 'INSERT INTO a VALUES (3)');
    expect(await run()).toEqual(['0001_first']);
    expect(await rows('SELECT id FROM a ORDER BY id')).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }]);
  });

  it('killed between a change of tables and the note of it take it as done', async () => {
    write('0001_first', 'CREATE TABLE a (id INT)', 'ALTER TABLE a ADD COLUMN name INT', 'INSERT INTO a VALUES (1, 1)');
    await run();
    await db.query("UPDATE schema_migrations SET done = 1, begun = 2, checksum = SHA2('CREATE TABLE a (id INT)', 256), applied_at = NULL");
    await db.query('DELETE FROM a');
    await run();
    expect(await rows('SELECT id, name FROM a')).toEqual([{ id: 1, name: 1 }]);
  });

  it('that were not begun do not take an existing table as theirs', async () => {
    await db.query('CREATE TABLE a (other INT)');
    write('0001_first', 'CREATE TABLE a (id INT)');
    await expect(run()).rejects.toThrow('already exists');
  });

  it('of two releases at once are applied by one of them', async () => {
    write('0001_first', 'CREATE TABLE a (id INT)', 'INSERT INTO a SELECT SLEEP(0.3)', 'INSERT INTO a VALUES (1)');
    const codes = await Promise.all([1, 2, 3].map(async () => (await once(elsewhere(), 'exit'))[0]));
    expect(codes).toEqual([0, 0, 0]);
    expect(await rows('SELECT id FROM a ORDER BY id')).toEqual([{ id: 0 }, { id: 1 }]);
  });

  it('give up waiting for another release', async () => {
    write('0001_first', 'DO SLEEP(600)');
    const child = elsewhere();
    await running('SLEEP(600)');
    await expect(run(0)).rejects.toThrow('another release');
    child.kill('SIGKILL');
  });

  it('of a newer release do not hinder an older one', async () => {
    write('0001_first', 'CREATE TABLE a (id INT)');
    write('0002_second', 'CREATE TABLE b (id INT)');
    await run();
    remove(join(folder, '0002_second.sql'));
    expect(await run()).toEqual([]);
    expect(await states()).toEqual(['0001_first applied', '0002_second newer']);
  });

  it.each([
    ['first', 'is not named like'],
    ['0001_Other', 'is not named like'],
    ['0001_twice', 'two migrations have the number 0001'],
  ])('refuse a file %s', (name, message) => {
    write('0001_first', 'CREATE TABLE a (id INT)');
    write(name, 'CREATE TABLE b (id INT)');
    expect(() => readMigrations(folder)).toThrow(message);
  });

  it('keep a semicolon and a separator inside a text', async () => {
    write('0001_first', '-- a note\nCREATE TABLE a (words TEXT)', "INSERT INTO a VALUES ('one; -- statement two')", '-- only a note');
    await run();
    expect(await rows('SELECT words FROM a')).toEqual([{ words: 'one; -- statement two' }]);
  });
});

describe('migrate.js', () => {
  it('prints what is pending, applies it, and prints that it is applied', async () => {
    const before = await migrateScript(settings, '--check');
    expect(before.code).toBe(0);
    expect(before.lines[0]).toMatchObject({ name: '0001_people', state: 'pending' });
    const applied = await migrateScript(settings);
    expect(applied.lines.map(({ name }) => name)).toEqual(before.lines.map(({ name }) => name));
    const after = await migrateScript(settings, '--check');
    expect(new Set(after.lines.map(({ state }) => state))).toEqual(new Set(['applied']));
  });

  it('fails with a line that says why, without the password', async () => {
    settings = { ...settings, user: 'unknown', password: new Secret('hunter2') };
    const { code, lines } = await migrateScript(settings);
    expect(code).toBe(1);
    expect(lines).toEqual([{ state: 'failed', message: expect.any(String) }]);
    expect(JSON.stringify(lines)).not.toContain('hunter2');
  });
});
