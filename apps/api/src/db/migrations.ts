/** The migrations of a release: numbered SQL files that only ever go forward. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { statementsOf } from './statements.ts';

export interface Migration {
  /** Like `0001_people`. */
  readonly name: string;
  readonly statements: readonly string[];
}

const fileName = /^(\d{4})_[a-z0-9_]+\.sql$/;

/**
 * In the order they are applied. @throws when a file is named wrong, two share a number, or one has
 * no statement.
 */
export function readMigrations(folder: string): Migration[] {
  const files = readdirSync(folder).filter((each) => each.endsWith('.sql'));
  const wrong = files.find((each) => !fileName.test(each));
  if (wrong) throw new Error(`migration ${wrong} is not named like 0001_people.sql`);
  const numbers = files.map((each) => each.slice(0, 4)).sort();
  const twice = numbers.find((each, at) => each === numbers[at + 1]);
  if (twice) throw new Error(`two migrations have the number ${twice}`);
  return files.sort().map((file) => {
    const statements = statementsOf(readFileSync(join(folder, file), 'utf8'));
    if (statements.length === 0) throw new Error(`migration ${file} has no statement`);
    return { name: file.replace('.sql', ''), statements };
  });
}

/**
 * The folder `migrations` beside the running script, as in a release, or beside its folder, as in
 * the sources.
 */
export function migrationsFolder(scriptUrl: string): string {
  const here = dirname(fileURLToPath(scriptUrl));
  const found = [join(here, 'migrations'), join(here, '..', 'migrations')].find(existsSync);
  if (!found) throw new Error(`there is no folder migrations in or beside ${here}`);
  return found;
}

/**
 * Of the first statements; so a file that failed half-way may still be put right after what is done
 * of it.
 */
export function checksum({ statements }: Migration, done: number): string {
  return createHash('sha256').update(statements.slice(0, done).join('\0')).digest('hex');
}
