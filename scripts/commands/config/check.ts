/** `dojang config check`: every fault of the configuration. */
import { ConfigError, faultsOf } from '../../../lib/config/faults.ts';
import { readConfig } from '../../io/config/config-file.ts';
import type { DataOf } from '../../runtime/answers/format.ts';
import type { Outcome } from '../../runtime/outcome.ts';
import { configCheckAnswer } from './answer.ts';

/** Every fault of the configuration at once. */
export async function checkConfig(): Promise<Outcome<DataOf<typeof configCheckAnswer>>> {
  const written = await readConfig();
  const faults = faultsOf(written);
  if (faults.length > 0) return { format: configCheckAnswer, data: { faults }, failure: new ConfigError(faults) };
  const environments = Object.keys((written as { environments: object }).environments);
  return { format: configCheckAnswer, data: { faults, environments }, lines: [`dojang.config.ts is right: ${environments.join(', ')}`] };
}
