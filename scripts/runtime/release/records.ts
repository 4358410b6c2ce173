/** The records of an environment's releases: read as of today, and written for one release. */
import { DojangError } from '../../../lib/errors/dojang-error.ts';
import type { RecordStore } from '../../../lib/ports/records.ts';
import { type App, apps } from '../../../lib/release/artifact.ts';
import { parseRecord, type ReleaseRecord, recordText } from '../../../lib/release/record.ts';
import { compareReleaseIds, releaseId, releaseIdPattern } from '../../../lib/release/release-id.ts';
import { currentRecords } from '../../../lib/release/releases.ts';

/** Records that are read at one time, the newest first. */
const atOnce = 100;
/** So many of each component are enough. */
const enough = 20;
/** The newest of all that are looked at. */
const most = 1000;

export interface ReadRecords {
  /** As of today. */
  readonly records: readonly ReleaseRecord[];
  /** Ids of records that cannot be read: cut off, or of a later version of dojang. */
  readonly unreadable: readonly string[];
}

export async function readRecords(store: RecordStore): Promise<ReadRecords> {
  const ids = (await store.names())
    .filter((name) => releaseIdPattern.test(name))
    .toSorted(compareReleaseIds)
    .slice(-most);
  const parsed: { readonly id: string; readonly record: ReleaseRecord | undefined }[] = [];
  const isEnough = (app: App) => parsed.filter(({ record }) => record?.component === app).length >= enough;
  // One component may have had a hundred releases since the last one of another.
  while (ids.length > 0 && !apps.every(isEnough)) {
    const read = await Promise.all(ids.splice(-atOnce).map(async (id) => ({ id, text: await store.read(id) })));
    parsed.unshift(...read.flatMap(({ id, text }) => (text === undefined ? [] : [{ id, record: parseRecord(text) }])));
  }
  return {
    records: currentRecords(parsed.flatMap(({ record }) => (record ? [record] : []))),
    unreadable: parsed.flatMap(({ id, record }) => (record ? [] : [id])),
  };
}

/** How often another command may have taken the same id. */
const attempts = 20;

/**
 * Writes the record of a release that begins, under the next free id. A clock that is behind that
 * of another operator does not put it before releases that are there.
 * @param day like `2026-11-28`
 * @throws DojangError `release-failed` when no id is free
 */
export async function beginRecord(store: RecordStore, day: string, record: Omit<ReleaseRecord, 'id'>): Promise<ReleaseRecord> {
  const taken = (await store.names()).filter((name) => releaseIdPattern.test(name)).map((id) => ({ id }));
  const newestDay = [day, ...taken.map(({ id }) => id.split('.')[0] ?? '')].toSorted().at(-1) ?? day;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const id = releaseId(newestDay, taken);
    if (await store.create(id, recordText({ ...record, id }))) return { ...record, id };
    taken.push({ id });
  }
  throw new DojangError('release-failed', `no id of a release was free after ${attempts} attempts`, {
    why: 'Other commands write records of this environment at this moment.',
    next: 'dojang lock status shows who; run it again when it has ended',
  });
}

export const endRecord = (store: RecordStore, record: ReleaseRecord) => store.replace(record.id, recordText(record));
