/** What there is to restore from, as the operator's machine sees it. */
import type { Stored } from '../release/database/plan.ts';

export interface DumpStore {
  /** Dumps that were compared, and shipped binary logs. What can't be read as one is left out. */
  stored(): Promise<Stored>;
}
