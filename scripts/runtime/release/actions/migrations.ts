/**
 * The migrations that the working tree brings, and whether the release before could live with them.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DojangError } from '../../../../lib/errors/dojang-error.ts';
import type { ReleaseMigration } from '../../../../lib/release/database/schema.ts';
import { classifyMigration, isExpandOnly } from '../../../../lib/release/migration/expand-only.ts';
import { servingRelease } from '../../../../lib/release/releases.ts';
import { root } from '../../../io/state.ts';
import type { RunState } from '../run-state.ts';

const folder = join(root, 'apps/api/migrations');

const textOf = (name: string) => readFileSync(join(folder, `${name}.sql`), 'utf8');

/** Those of the working tree in the order in which they run. */
export function migrations(): readonly ReleaseMigration[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .map((name) => name.slice(0, -'.sql'.length))
    .toSorted()
    .map((name) => ({ name, expandOnly: isExpandOnly(textOf(name)) }));
}

/**
 * Those that the release that serves does not know. Answers what the row says.
 * @throws DojangError `not-expand-only` for one that takes something away, unless it is approved
 *   by name
 */
export function requireExpandOnly({ read, context, hasServed }: RunState): readonly string[] {
  const known = servingRelease(read.records, 'api')?.migrations?.map(({ name }) => name);
  // On an empty database they are all new; without a record, all of them are looked at.
  if (!hasServed) return [];
  const added = migrations()
    .map(({ name }) => name)
    .filter((name) => !known?.includes(name));
  for (const name of added) requireOne(name, context.options.approve, context.environment.name);
  return known && added.length > 0 ? [`${added.length} expand-only ${added.length === 1 ? 'migration' : 'migrations'}`] : [];
}

function requireOne(name: string, approved: readonly string[], environment: string): void {
  const statements = classifyMigration(textOf(name)).filter(({ is }) => is !== 'expand');
  const [first] = statements;
  if (!first || approved.includes(name)) return;
  throw new DojangError('not-expand-only', `the migration ${name} does not only add: ${first.begins} ...: ${first.reason}`, {
    why: 'The release that serves would work on that schema while the new one starts, and could not be rolled back to.',
    next: `release the code that no longer needs it first, and the migration with a later release; or dojang deploy api --env ${environment} --approve ${name}`,
  });
}
