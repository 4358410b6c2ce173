/** From what is written to what everything else works with: one checked, readonly environment. */
import { DojangError } from '../errors/dojang-error.ts';
import { ConfigError, faultsOf } from './faults.ts';
import { type Names, namesOf, prefixOf } from './names.ts';
import { type EnvironmentSettings, serviceSchema } from './schema/schema.ts';

/**
 * One environment of the service, checked and complete. The source of both clouds, of every rule
 * and every name.
 */
export interface Environment extends EnvironmentSettings {
  readonly service: string;
  readonly owner: string;
  /** `local`, `prod`, ... */
  readonly name: string;
  /** `<service>-<environment>`: what every derived name starts with. */
  readonly prefix: string;
  /** Every name that is derived from these, for both clouds. */
  readonly names: Names;
}

/**
 * The environment `name` of a configuration as it is written.
 * @param chooseBy how the caller's command line names an environment
 * @throws ConfigError with every fault; DojangError `unknown-environment` when the service has no
 *   such environment.
 */
export function environmentOf(written: unknown, name: string, chooseBy = '--env'): Environment {
  const faults = faultsOf(written);
  if (faults.length > 0) throw new ConfigError(faults);
  const service = serviceSchema.parse(written);
  const settings = service.environments[name];
  if (!settings) {
    throw new DojangError('unknown-environment', `no environment ${name} in dojang.config.ts`, {
      why: `It has: ${Object.keys(service.environments).join(', ')}.`,
      next: `name one of these with ${chooseBy}, or add environments.${name}`,
    });
  }
  const identity = { service: service.name, owner: service.owner, name };
  return { ...settings, ...identity, prefix: prefixOf(identity), names: namesOf({ ...identity, runpod: settings.runpod }) };
}
