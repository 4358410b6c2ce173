/** All that the application needs from outside; made by the server, or by a test. */
import type { Pool } from 'mysql2/promise';
import type { Logger } from './log.ts';
import type { Serves } from './serving.ts';
import type { Sessions } from './sessions/sessions.ts';
import type { Settings } from './settings.ts';

export interface Deps {
  readonly settings: Settings;
  readonly db: Pool;
  readonly log: Logger;
  readonly clock: () => Date;
  readonly sessions: Sessions;
  /**
   * Aborted when the server has been asked to end: nothing new is begun, streams end with a hint to
   * reconnect.
   */
  readonly stopping: AbortSignal;
  /** Whether this process does what no request asks for; another one may run beside it. */
  readonly serves: Serves;
  /** Folder of the migrations that this release needs. */
  readonly migrations: string;
}
