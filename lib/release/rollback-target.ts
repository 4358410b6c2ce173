/** Which release a rollback goes to, and why one that was named cannot be it. */
import { DojangError } from '../errors/dojang-error.ts';
import type { App } from './artifact.ts';
import { isBad, type ReleaseRecord } from './record.ts';
import { newestFirst, rollbackTarget, servingRelease } from './releases.ts';

export interface RollbackQuestion {
  readonly component: App;
  /** Id that the operator named; undefined for the last good one. */
  readonly named: string | undefined;
  /** Releases that may be rolled back to though they are bad, or never served. */
  readonly approved: readonly string[];
  /** Digest of what the host serves; undefined where it was not asked, or nothing serves. */
  readonly servingDigest?: string | undefined;
}

/**
 * The release that serves after the rollback. A rollback that was ended before its last step is
 * carried on, and does not go a release further back.
 * @param records as of today
 * @throws DojangError `no-release` where there is none, `bad-release`
 */
export function requireTarget(
  records: readonly ReleaseRecord[],
  { component, named, approved, servingDigest }: RollbackQuestion,
): ReleaseRecord {
  if (named !== undefined) return requireNamed(records, { component, named, approved });
  const serving = servingRelease(records, component);
  const [newest] = newestFirst(records, component);
  if (newest?.verb === 'rollback' && newest.ended === undefined && (newest === serving || newest.outcome === 'running')) return newest;
  // A release that serves and is not recorded so: its command was ended, or could not undo it.
  if (serving && servingDigest !== undefined && servingDigest !== serving.digest) return serving;
  const target = rollbackTarget(records, component);
  if (target) return target;
  throw new DojangError('no-release', `there is no earlier good release of ${component} to roll back to`, {
    why: serving
      ? `${serving.id} serves, and each one before it is bad or has the same content.`
      : 'No release of it is recorded as serving.',
    next: `dojang releases ${component} lists them`,
  });
}

function requireNamed(
  records: readonly ReleaseRecord[],
  { component, named, approved }: RollbackQuestion & { readonly named: string },
): ReleaseRecord {
  const found = records.find(({ id }) => id === named);
  if (!found || found.component !== component) {
    const known = newestFirst(records, component)
      .slice(0, 5)
      .map(({ id }) => id);
    throw new DojangError(
      'no-release',
      found ? `${named} is a release of ${found.component}, not of ${component}` : `there is no release ${JSON.stringify(named)}`,
      {
        next: known.length === 0 ? `dojang deploy ${component}` : `name one of ${known.join(', ')}; dojang releases lists all`,
      },
    );
  }
  const hasServed = found.outcome === 'serving' || found.outcome === 'superseded';
  if (hasServed || approved.includes(named)) return found;
  const fault = isBad(found) ? 'is bad' : 'never served to the end of its release';
  throw new DojangError('bad-release', `${named} of ${component} ${fault}: ${found.reason ?? found.outcome}`, {
    why: isBad(found) ? 'It would very likely fail again.' : 'It is not known to be good.',
    next: `dojang rollback ${component} takes the last good one; or dojang rollback ${component} ${named} --approve ${named}`,
  });
}
