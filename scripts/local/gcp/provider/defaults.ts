/**
 * Values that the official provider writes into the inputs of a resource whose program leaves them
 * out.
 */
import { isObject } from '../../../../lib/inventory/normalise.ts';
import type { Json, Properties } from '../../../../lib/inventory/resource.ts';

/**
 * Seen with the official provider 9.35. A nested one is written only where the object around it is
 * given.
 */
const defaults: Readonly<Record<string, Properties>> = {
  'gcp:compute/network:Network': { networkFirewallPolicyEnforcementOrder: 'AFTER_CLASSIC_FIREWALL' },
  'gcp:compute/subnetwork:Subnetwork': { logConfig: { filterExpr: 'true' } },
  'gcp:compute/disk:Disk': { eraseWindowsVssSignature: false },
  'gcp:compute/instance:Instance': { bootDisk: { mode: 'READ_WRITE' }, eraseWindowsVssSignature: false },
  'gcp:monitoring/notificationChannel:NotificationChannel': { enabled: true },
  'gcp:billing/budget:Budget': { allUpdatesRule: { schemaVersion: '1.0' } },
};

/** The inputs with the defaults of their type. */
export function withDefaults(type: string, inputs: Properties): Properties {
  return Object.entries(defaults[type] ?? {}).reduce(withDefault, inputs);
}

function withDefault(inputs: Properties, [name, value]: [string, Json]): Properties {
  const given = inputs[name];
  if (!isObject(value)) return given === undefined ? { ...inputs, [name]: value } : inputs;
  return isObject(given) ? { ...inputs, [name]: { ...value, ...given } } : inputs;
}
