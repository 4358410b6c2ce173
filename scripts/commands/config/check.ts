/** `dojang config check`: every fault of the configuration. */
import { ConfigError, faultsOf } from '../../../lib/config/faults.ts';
import { readConfig } from '../../io/config-file.ts';
import type { Outcome } from '../../runtime/context.ts';

/** Every fault of the configuration at once. */
export async function checkConfig(): Promise<Outcome> {
  const written = await readConfig();
  const faults = faultsOf(written);
  if (faults.length > 0) return { data: { faults }, failure: new ConfigError(faults) };
  const environments = Object.keys((written as { environments: object }).environments);
  return { data: { faults, environments }, lines: [`dojang.config.ts is right: ${environments.join(', ')}`] };
}
