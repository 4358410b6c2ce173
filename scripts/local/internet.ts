/**
 * The embedded internet as a preflight asks it: its DNS records, unless another answer was asked
 * for.
 */
import type { Internet } from '../../lib/ports/preflight.ts';
import { addressOfDomain } from './dns/records.ts';
import { readFaults } from './gcp/faults/faults.ts';
import { localFolders } from './index.ts';

/** An address of the embedded internet that is no host of ours. */
const elsewhere = '192.0.2.99';

export function internet({ dns, gcp }: Pick<typeof localFolders, 'dns' | 'gcp'> = localFolders): Internet {
  const shows = (fault: string) => (readFaults(gcp).preflight ?? []).includes(fault);
  return {
    async resolve(name) {
      if (shows('domain-missing')) return [];
      const address = shows('domain-elsewhere') ? elsewhere : addressOfDomain(dns, name);
      return address === undefined ? [] : [address];
    },
    authority: async () => (shows('authority-down') ? 503 : 200),
  };
}
