/** Which migrations the release before can live with. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classifyMigration, isExpandOnly } from '../../../../lib/release/migration/expand-only.ts';
import { root } from '../../../../scripts/io/state.ts';

const classes = (sql: string) => classifyMigration(sql).map((statement) => statement.is);

describe('a statement', () => {
  it.each([
    'CREATE TABLE notes (id INT PRIMARY KEY, text VARCHAR(10) NOT NULL)',
    'create table if not exists notes (id int)',
    'CREATE INDEX a ON notes (text)',
    'ALTER TABLE notes ADD COLUMN seen DATETIME',
    'ALTER TABLE notes ADD seen DATETIME NULL AFTER id',
    'ALTER TABLE `notes` ADD COLUMN `default` INT NOT NULL DEFAULT 0, ADD KEY a (seen, id), ALGORITHM=INPLACE, LOCK=NONE',
    "ALTER TABLE notes ADD COLUMN kind ENUM('DROP', 'x;y', 'it''s') NOT NULL DEFAULT 'DROP'",
    'ALTER TABLE notes ADD COLUMN half INT GENERATED ALWAYS AS (id / 2) STORED NOT NULL',
    'ALTER TABLE notes ALTER COLUMN seen SET DEFAULT NULL',
    'INSERT INTO notes (id, text) VALUES (1, "DELETE FROM notes; -- statement")',
  ])('%s is expand', (sql) => expect(classes(sql)).toEqual(['expand']));

  it.each([
    'DROP TABLE notes',
    'RENAME TABLE notes TO old_notes',
    'TRUNCATE notes',
    'DELETE FROM notes',
    'REPLACE INTO notes VALUES (1)',
    'ALTER TABLE notes DROP COLUMN text',
    'ALTER TABLE notes RENAME COLUMN text TO body',
    'ALTER TABLE notes ADD COLUMN must INT NOT NULL',
    'ALTER TABLE notes ADD COLUMN `default` INT NOT NULL',
    "ALTER TABLE notes ADD COLUMN must VARCHAR(9) NOT NULL COMMENT 'DEFAULT'",
    'ALTER TABLE notes ADD COLUMN a INT, DROP COLUMN text',
    'ALTER TABLE notes ADD UNIQUE KEY a (text)',
    'ALTER TABLE notes ADD CONSTRAINT a FOREIGN KEY (id) REFERENCES people (id)',
    'ALTER TABLE notes ADD COLUMN a INT NULL UNIQUE',
    'ALTER TABLE notes ADD COLUMN a INT KEY',
    'CREATE UNIQUE INDEX a ON notes (text)',
  ])('%s is contract', (sql) => expect(classes(sql)).toEqual(['contract']));

  it.each([
    'ALTER TABLE notes MODIFY text VARCHAR(5)',
    'ALTER TABLE notes CHANGE text body VARCHAR(5)',
    'ALTER TABLE notes ADD COLUMN (a INT, b INT)',
    'ALTER TABLE notes ALTER COLUMN seen DROP DEFAULT',
    'ALTER TABLE notes',
    'ALTER USER api ACCOUNT LOCK',
    'UPDATE notes SET text = ""',
    'INSERT INTO notes VALUES (1) ON DUPLICATE KEY UPDATE text = ""',
    'CREATE OR REPLACE VIEW a AS SELECT 1',
    'CREATE TRIGGER a BEFORE INSERT ON notes FOR EACH ROW SET NEW.id = 1',
    'CREATE TABLE a (id INT) /*!50100 PARTITION BY KEY (id) */',
    '/*M! DROP TABLE notes */',
    "INSERT INTO notes VALUES ('no end)",
    'CREATE TABLE a (id INT) /* no end',
    'CALL a()',
    '()',
  ])('%s is unknown', (sql) => expect(classes(sql)).toEqual(['unknown']));

  it('has a reason, and its first words', () => {
    expect(classifyMigration('alter table notes drop column text')).toEqual([
      { is: 'contract', reason: 'DROP removes what the release before may use', begins: 'ALTER TABLE NOTES' },
    ]);
  });
});

describe('a migration', () => {
  it.each([
    ['CREATE TABLE a (id INT); DROP TABLE b;', ['expand', 'contract']],
    ['-- first\nCREATE TABLE a (id INT)\n\n-- statement\n# DROP TABLE b\nCREATE TABLE b (id INT /* DROP */)\n', ['expand', 'expand']],
    ['CREATE TABLE a (id INT)\r\n-- statement\r\nDROP TABLE b', ['expand', 'contract']],
    ["INSERT INTO a VALUES ('\\'; DROP TABLE b')", ['expand']],
    ['', []],
    ['-- nothing\n', []],
  ])('%j has %j', (sql, expected) => expect(classes(sql)).toEqual(expected));

  it('is expand-only when each statement is', () => {
    expect(isExpandOnly('CREATE TABLE a (id INT); CREATE TABLE b (id INT)')).toBe(true);
    expect(isExpandOnly('CREATE TABLE a (id INT); UPDATE b SET c = 1')).toBe(false);
  });

  const folder = join(root, 'apps/api/migrations');
  it.each(readdirSync(folder))('of the API, %s, is expand-only', (file) => {
    expect(classifyMigration(readFileSync(join(folder, file), 'utf8')).filter((statement) => statement.is !== 'expand')).toEqual([]);
  });

  it('has each statement whatever stands in its strings and comments', () => {
    const statement = fc.constantFrom('CREATE TABLE a (id INT)', 'DROP TABLE a');
    const quoted = fc.string().map((text) => `'${text.replaceAll(/['\\]/g, '\\$&')}'`);
    const comment = fc.string().map((text) => `/* ${text.replaceAll('*', '')} */`);
    const filled = fc
      .record({ statement, quoted, comment })
      .map((each) => ({ ...each, sql: `${each.comment}${each.statement} ${each.quoted}` }));
    fc.assert(
      fc.property(fc.array(filled), (all) => {
        const sql = all.map((each) => each.sql).join(';');
        expect(classes(sql)).toEqual(all.map((each) => (each.statement.startsWith('DROP') ? 'contract' : 'expand')));
      }),
    );
  });

  it.each([`'`, `"\\`, '`', '/*', '*/', '--', "''", "\\'", '(', ',', 'ADD ', '/**', "'\\"])(
    'of 300,000 times %j is read at once',
    (part) => {
      const start = performance.now();
      classifyMigration(`ALTER TABLE a ${part.repeat(300_000)}`);
      expect(performance.now() - start).toBeLessThan(5000);
    },
  );
});
