/** Names of what the GCP program makes, beside those that wiring looks up. */
import { createHash } from 'node:crypto';
import type { Environment } from '../lib/config/environment.ts';
import { wiringNames } from '../lib/config/names.ts';

/**
 * Google's limit for the id of a service account; other names may have 63 characters, which no
 * prefix reaches.
 */
const longestAccountId = 30;

export function gpuNames(environment: Pick<Environment, 'prefix'>) {
  const { network, aiFirewall, sshFirewall } = wiringNames(environment);
  const ai = `${environment.prefix}-ai`;
  return {
    network,
    subnet: `${environment.prefix}-subnet`,
    aiFirewall,
    sshFirewall,
    address: ai,
    machine: ai,
    dataDisk: `${ai}-data`,
    snapshots: `${ai}-data-daily`,
    account: accountId(environment.prefix),
    budget: `${environment.prefix}-gcp`,
  } as const;
}

/**
 * A long prefix is cut; what distinguishes it from others with the same beginning is kept as six
 * characters of its hash.
 */
function accountId(prefix: string): string {
  const id = `${prefix}-ai`;
  if (id.length <= longestAccountId) return id;
  const hash = createHash('sha256').update(prefix).digest('hex').slice(0, 6);
  return `${prefix.slice(0, longestAccountId - hash.length - '--ai'.length)}-${hash}-ai`;
}
