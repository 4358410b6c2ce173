/** What follows from the records of releases: which serves, which to roll back to, which stay. */
import { type App, apps } from './artifact.ts';
import { isVerdict, type ReleaseRecord } from './record.ts';
import { compareReleaseIds } from './release-id.ts';

/**
 * The records as of today. A record is written when its release begins and when it ends, and never
 * because of another one: that a release was superseded, left by a rollback or ended half-way by a
 * killed command follows from those after it.
 */
export function currentRecords(stored: readonly ReleaseRecord[]): readonly ReleaseRecord[] {
  const newest = new Map(apps.map((app) => [app, newestFirst(stored, app)]));
  return stored.map((record) => currentRecord(record, newest.get(record.component) ?? []));
}

/** @param ofComponent all records of its component */
function currentRecord(record: ReleaseRecord, ofComponent: readonly ReleaseRecord[]): ReleaseRecord {
  const later = ofComponent.filter(({ id }) => compareReleaseIds(id, record.id) > 0);
  const after = later.filter(({ outcome }) => outcome === 'serving');
  const left = after.find(({ leaves }) => leaves === record.id);
  if (left) return { ...record, outcome: 'rolled-back', reason: record.reason ?? `rolled back by ${left.id}` };
  if (record.outcome === 'running' && later.length > 0) return { ...record, outcome: 'interrupted', reason: 'the command was ended' };
  return record.outcome === 'serving' && after.length > 0 ? { ...record, outcome: 'superseded' } : record;
}

/** The newest whose outcome is `serving`. */
export function servingRelease(records: readonly ReleaseRecord[], component: App): ReleaseRecord | undefined {
  return newestFirst(records, component).find(({ outcome }) => outcome === 'serving');
}

/**
 * The last good release that is another than the one that serves. A content that several records
 * name is judged by its newest, so one that turned out bad later is not chosen by an earlier name.
 */
export function rollbackTarget(records: readonly ReleaseRecord[], component: App): ReleaseRecord | undefined {
  const serving = servingRelease(records, component);
  return contents(records, component).find((record) => record.outcome === 'superseded' && record.digest !== serving?.digest);
}

export function newestFirst(records: readonly ReleaseRecord[], component: App): readonly ReleaseRecord[] {
  return records.filter((record) => record.component === component).toSorted((one, other) => compareReleaseIds(other.id, one.id));
}

/** The newest record of each content that says whether it is good, newest first. */
function contents(records: readonly ReleaseRecord[], component: App): readonly ReleaseRecord[] {
  const byDigest = Map.groupBy(newestFirst(records, component).filter(isVerdict), ({ digest }) => digest);
  return [...byDigest.values()].flatMap((same) => same.slice(0, 1));
}
