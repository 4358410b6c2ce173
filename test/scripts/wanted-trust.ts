import type { Environment } from '../../lib/config/environment.ts';
import { describeEnvironment } from '../../lib/deployment/describe.ts';
import type { Addresses } from '../../lib/wiring/desired.ts';
import type { WantedTrust } from '../../scripts/runtime/wiring/trust.ts';

/** The certificates and secrets that an environment with these addresses must have. */
export function wantedTrust(environment: Environment, addresses: Addresses): WantedTrust {
  const { wiring, secrets } = describeEnvironment(environment);
  return { trust: wiring(addresses).trust, secrets };
}
