/** The rows of a list of releases. */
import { shortDigest } from './artifact.ts';
import { isBad, type ReleaseRecord } from './record.ts';
import { compareReleaseIds } from './release-id.ts';

export interface ReleaseRow {
  readonly id: string;
  readonly verb: ReleaseRecord['verb'];
  readonly component: ReleaseRecord['component'];
  readonly outcome: ReleaseRecord['outcome'];
  /** A rollback skips it. */
  readonly bad: boolean;
  /** As people see it; missing as in the record. */
  readonly commit?: string;
  readonly subject?: string;
  readonly digest: string;
  /** `kim on laptop`. */
  readonly who: string;
  readonly since: string;
  /** Of all its steps together. */
  readonly seconds: number;
  readonly downtimeSeconds: number;
  readonly dump?: string;
  readonly reason?: string;
}

/** Of all components, newest first. */
export function releaseRows(records: readonly ReleaseRecord[]): readonly ReleaseRow[] {
  return records.toSorted((one, other) => compareReleaseIds(other.id, one.id)).map(row);
}

function row(record: ReleaseRecord): ReleaseRow {
  const { id, verb, component, outcome, commit, subject, digest, who, since, steps, downtimeSeconds, dump, reason } = record;
  return {
    ...{ id, verb, component, outcome, bad: isBad(record) },
    ...{ commit: commit?.slice(0, 7), subject, digest: shortDigest(digest), who: `${who.owner} on ${who.host}`, since },
    seconds: Math.round(steps.reduce((sum, step) => sum + step.seconds, 0) * 10) / 10,
    ...{ downtimeSeconds, dump, reason },
  };
}
