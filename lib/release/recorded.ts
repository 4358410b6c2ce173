/** How a release that is about to begin relates to what serves and to its records. */
import type { App } from './artifact.ts';
import type { ReleaseRecord } from './record.ts';
import { newestFirst } from './releases.ts';

/**
 * `current`: it serves and is recorded so. `unrecorded`: it serves, and the command that brought it
 * was ended before it was recorded; `record` is what it began with, undefined where there is none.
 */
export type Recorded =
  | { readonly kind: 'new' }
  | { readonly kind: 'current'; readonly record: ReleaseRecord }
  | { readonly kind: 'unrecorded'; readonly record: ReleaseRecord | undefined };

export interface RecordedQuestion {
  readonly component: App;
  /** Of the release that is to serve. */
  readonly digest: string;
  /** Of what serves, by its host; undefined for nothing, or for a unit that is down. */
  readonly servingDigest: string | undefined;
}

/** @param records as of today */
export function recordedAs(records: readonly ReleaseRecord[], { component, digest, servingDigest }: RecordedQuestion): Recorded {
  if (digest !== servingDigest) return { kind: 'new' };
  const newest = newestFirst(records, component);
  const serving = newest.find(({ outcome }) => outcome === 'serving');
  const [running] = newest.filter(({ outcome }) => outcome === 'running');
  if (running?.digest === digest) return { kind: 'unrecorded', record: running };
  return serving?.digest === digest ? { kind: 'current', record: serving } : { kind: 'unrecorded', record: undefined };
}
