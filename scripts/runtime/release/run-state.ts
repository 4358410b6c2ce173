/** What one release of one component knows while it is carried out. */
import type { App, Artifact } from '../../../lib/release/artifact.ts';
import type { Before } from '../../../lib/release/plan/watch.ts';
import type { ReleaseRecord } from '../../../lib/release/record.ts';
import type { Context } from '../context.ts';
import type { ReleasePorts } from './ports.ts';
import type { ReadRecords } from './records.ts';

export interface ReleaseRequest {
  readonly component: App;
  /** Of a rollback: the release that is to serve. Missing: what the working tree builds. */
  readonly target?: ReleaseRecord;
  /** How long it is watched after it serves. */
  readonly watchSeconds: number;
  /** Requests are moved to it by and by. */
  readonly canary: boolean;
}

export interface RunState {
  readonly context: Context;
  readonly ports: ReleasePorts;
  readonly request: ReleaseRequest;
  /** The artifact bucket. */
  readonly bucket: string;
  readonly read: ReadRecords;
  /** Digest of what served when the command began; undefined where nothing did. */
  servedBefore: string | undefined;
  /** Whether a release was there, healthy or not. */
  hasServed: boolean;
  artifact: Pick<Artifact, 'digest'> | undefined;
  /**
   * `current`: what is to be released serves already and has its record. `unrecorded`: it serves,
   * and the command that brought it was ended before it was watched and recorded.
   */
  kind: 'new' | 'current' | 'unrecorded';
  record: ReleaseRecord | undefined;
  steps: ReleaseRecord['steps'];
  gapSeconds: number;
  baseline: Before;
  /** What is not as it should be though the release serves. */
  note: string;
}

/** @throws an error of ours: the steps before set it */
export function digestOf({ artifact }: RunState): string {
  if (!artifact) throw new Error('no artifact was built or chosen yet');
  return artifact.digest;
}
