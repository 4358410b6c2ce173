/** Which releases work with which schema: whether one may be rolled back to. */
import { DojangError } from '../../errors/dojang-error.ts';
import { listText } from '../../values/list-text.ts';
import type { DumpManifest } from './manifest.ts';

export interface ReleaseMigration {
  /** Like `0102_contract_aborted_uploads`. */
  readonly name: string;
  /** Whether the release before it works on the schema that it leaves (`isExpandOnly`). */
  readonly expandOnly: boolean;
}

/** What is known of a release: of its record, or read from its artifact. */
export interface ReleaseSchema {
  readonly id: string;
  /** All that it has, in their order; not only those that it brought. */
  readonly migrations: readonly ReleaseMigration[];
}

export interface SchemaState {
  /** Names in the database's own list, those that were applied in part among them. */
  readonly applied: readonly string[];
  /** Releases that may have applied them, in any order. */
  readonly releases: readonly ReleaseSchema[];
}

interface Obstacle {
  readonly migration: string;
  /** The oldest release that has it; undefined when no record names it. */
  readonly release?: string;
}

type SchemaFit =
  | { readonly is: 'fits' /** Migrations that it would run first. */; readonly pending: readonly string[] }
  /** Applied, not of this release, and not known to add only. */
  | { readonly is: 'incompatible'; readonly because: readonly Obstacle[] };

/**
 * A migration that the release does not know does no harm when it only adds. One that no record
 * names counts as one that takes away.
 */
export function schemaFit(release: Pick<ReleaseSchema, 'migrations'>, { applied, releases }: SchemaState): SchemaFit {
  const own = release.migrations.map(({ name }) => name);
  const because = applied.filter((name) => !own.includes(name)).flatMap((migration) => obstacle(migration, releases));
  if (because.length > 0) return { is: 'incompatible', because };
  return { is: 'fits', pending: own.filter((name) => !applied.includes(name)) };
}

function obstacle(migration: string, releases: readonly ReleaseSchema[]): readonly Obstacle[] {
  const having = releases.filter(({ migrations }) => migrations.some(({ name }) => name === migration));
  const expandOnly =
    having.length > 0 && having.every(({ migrations }) => migrations.some((each) => each.name === migration && each.expandOnly));
  if (expandOnly) return [];
  const [release] = having.toSorted((one, other) => one.migrations.length - other.migrations.length);
  return [{ migration, ...(release && { release: release.id }) }];
}

/**
 * What a rollback asks before it changes anything.
 * @param dumps those in the bucket; the newest of a schema that fits is offered
 * @throws DojangError `schema-incompatible` with both ways out: forward, and back with the data
 */
export function requireSchemaFit(release: ReleaseSchema, state: SchemaState, dumps: readonly DumpManifest[]): void {
  const fit = schemaFit(release, state);
  if (fit.is === 'fits') return;
  const back = dumps
    .filter(({ migrations, tables }) => tables.length > 0 && schemaFit(release, { ...state, applied: migrations }).is === 'fits')
    .toSorted((one, other) => (one.id < other.id ? 1 : -1))[0];
  const forward = 'dojang deploy api with a migration that brings back what it needs (no write is lost)';
  const restore = back
    ? `dojang restore ${back.id} --approve ${back.id}, whose schema is older, and then the rollback again (what was written since ${back.at} is then in a dump alone)`
    : 'no dump in the bucket has a schema that it works with';
  throw new DojangError('schema-incompatible', `release ${release.id} does not work with the schema of the database`, {
    why: `${listText(fit.because.map(obstacleText))}: it took away or forbids what that release uses, or is not known to add only.`,
    next: `${forward}; or ${restore}`,
  });
}

function obstacleText({ migration, release }: Obstacle): string {
  return `migration ${migration}${release === undefined ? ', of a release that has no record,' : ` of release ${release}`}`;
}
