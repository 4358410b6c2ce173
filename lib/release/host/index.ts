/** The scripts of a release of the API, in the order in which they run on the host. */
import { drainScript } from './drain.ts';
import { migrateScript } from './migrate.ts';
import { prepareScript } from './prepare.ts';
import { pruneScript } from './prune.ts';
import type { HostScript } from './script.ts';
import { startScript } from './start.ts';
import { switchScript } from './switch.ts';

export interface ApiReleaseOptions {
  readonly digest: string;
  /** The artifact bucket and its region. */
  readonly bucket: string;
  readonly region: string;
  /** SSM parameter with the password of the account that may alter tables. */
  readonly migratePassword: string;
  /** Seconds in which the release must be healthy. */
  readonly healthSeconds: number;
}

/** Each may be run again, and may be ended anywhere. */
export function apiReleaseScripts(options: ApiReleaseOptions): readonly HostScript[] {
  return [prepareScript(options), migrateScript(options), startScript(options), switchScript(options), drainScript(), pruneScript()];
}
