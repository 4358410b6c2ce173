/** The scripts of a release on its host, one for each step of its plan, in their order. */
import type { App } from '../artifact.ts';
import { healthScript as aiHealth } from './ai/health.ts';
import { restartScript } from './ai/restart.ts';
import { rollBackScript as rollBackAi } from './ai/roll-back.ts';
import { switchScript as switchAi } from './ai/switch.ts';
import { canaryScript } from './api/canary.ts';
import { drainScript } from './api/drain.ts';
import { healthScript as apiHealth } from './api/health.ts';
import { migrateScript } from './api/migrate.ts';
import { rollBackScript as rollBackApi } from './api/roll-back.ts';
import { startScript } from './api/start.ts';
import { switchScript as switchApi } from './api/switch.ts';
import { beforeScript } from './before.ts';
import { pruneScript } from './prune.ts';
import type { HostReleaseOptions, HostScript, RollBackOptions } from './script.ts';
import { unpackScript } from './unpack.ts';
import { nginxTestScript } from './web/nginx-test.ts';
import { rollBackScript as rollBackWeb } from './web/roll-back.ts';
import { switchScript as switchWeb } from './web/switch.ts';

export type { HostReleaseOptions, HostScript, HostStepId } from './script.ts';
export { canaryScript };

/**
 * Each may be run again, and may be ended anywhere. Those of a rollback are the same for the digest
 * of an earlier release, without `migrate`.
 */
export function hostScripts(component: App, options: HostReleaseOptions): readonly HostScript[] {
  return [beforeScript(component, options), unpackScript(component, options), ...ownScripts[component](options), pruneScript(component)];
}

/**
 * The way back from a release, wherever it got to. `kept`: it did not serve, and does not now;
 * `rolled-back` with the digest of the release that serves again. Of the API, `drain` ends the slot
 * that is left, which still has requests.
 */
export function rollBackScript(component: App, options: RollBackOptions): HostScript {
  return rollBackScripts[component](options);
}

const ownScripts: Readonly<Record<App, (options: HostReleaseOptions) => readonly HostScript[]>> = {
  web: (options) => [nginxTestScript(), switchWeb(options)],
  api: (options) => [migrateScript(options), startScript(options), apiHealth(options), switchApi(options), drainScript()],
  ai: (options) => [switchAi(options), restartScript(options), aiHealth(options)],
};

const rollBackScripts: Readonly<Record<App, (options: RollBackOptions) => HostScript>> = {
  web: rollBackWeb,
  api: rollBackApi,
  ai: rollBackAi,
};
