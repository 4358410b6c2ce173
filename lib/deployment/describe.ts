/**
 * Everything that follows from an environment alone, computed in one place. Commands pass its parts
 * on; names are in `environment.names`.
 */
import type { Environment } from '../config/environment.ts';
import { isLocal } from '../config/names.ts';
import type { HostRecipe } from '../host/bash/step.ts';
import type { HostFacts } from '../host/facts.ts';
import { hostNames, hostRecipe } from '../host/recipe.ts';
import { type DesiredTrust, desiredCertificates } from '../pki/desired.ts';
import { type KnownSecret, knownSecrets } from '../pki/secrets.ts';
import { type Addresses, desiredRules, endpointValues } from '../wiring/desired.ts';
import { hostRules } from '../wiring/host-rules.ts';
import type { Rule } from '../wiring/rule.ts';
import { type Step, type UpParts, upSteps } from './up-plan.ts';

export interface Description {
  readonly environment: Environment;
  /** Every secret beside the keys of certificates. */
  readonly secrets: readonly KnownSecret[];
  /** The rules that CloudFormation makes with the host's security group. */
  readonly hostRules: readonly Rule[];
  /** The steps of `dojang up`. */
  readonly steps: (parts: UpParts) => readonly Step[];
  /** What both sides must have once the addresses are known; `unknownAddresses` before. */
  readonly wiring: (addresses: Addresses) => DesiredWiring;
  /** What each host must look like. */
  readonly recipes: (facts: HostFacts) => readonly HostRecipe[];
}

export interface DesiredWiring {
  readonly rules: readonly Rule[];
  readonly trust: DesiredTrust;
  /** Values by SSM parameter. */
  readonly endpoints: Readonly<Record<string, string>>;
}

export function describeEnvironment(environment: Environment): Description {
  // The embedded site is also reached from this machine's browser.
  const publicNames = isLocal(environment) ? ['localhost', '127.0.0.1'] : [];
  return {
    environment,
    secrets: knownSecrets(environment),
    hostRules: hostRules(environment),
    steps: (parts) => upSteps(environment, parts),
    wiring: (addresses) => ({
      rules: desiredRules(environment, addresses),
      trust: desiredCertificates(environment, addresses, publicNames),
      endpoints: endpointsOf(environment, addresses),
    }),
    recipes: (facts) => hostNames.map((host) => hostRecipe(environment, host, facts)),
  };
}

function endpointsOf(environment: Environment, addresses: Addresses): Record<string, string> {
  const { aws, gcp, ai } = environment.names.parameters.endpoints;
  const values = endpointValues(environment, addresses);
  return { [aws]: values.aws, [gcp]: values.gcp, [ai]: values.ai };
}
