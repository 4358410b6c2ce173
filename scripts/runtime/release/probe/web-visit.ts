/** What a visit of one page found; with or without a browser. */
import type { Sample } from '../../../../lib/release/plan/watch.ts';

export interface Visit {
  /** Whether any answer came, whatever its status. */
  readonly isAnswered: boolean;
  readonly samples: readonly Sample[];
}

/** nginx serves files, so it has no other reason for a 503 with a time to come back. */
export function isMaintenance(status: number, retryAfter: string | undefined): boolean {
  return status === 503 && retryAfter !== undefined;
}

export function hidden(seconds: number): Sample {
  return { kind: 'probe', signal: 'main-page', ok: true, seconds, note: 'not tested: the maintenance page is on' };
}
