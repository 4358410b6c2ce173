/** The embedded internet as a preflight asks it: each configured domain points at the host, unless another answer was asked for. */
import type { Environment } from '../../lib/config/environment.ts';
import { stackNames } from '../../lib/config/names.ts';
import type { AwsCloud } from '../../lib/ports.ts';
import type { Internet } from '../../lib/preflight/ports.ts';
import { readFaults } from './gcp/faults.ts';
import { localFolders } from './index.ts';

/** An address of the embedded internet that is no host of ours. */
const elsewhere = '192.0.2.99';

export function internet(aws: Pick<AwsCloud, 'outputs'>, environment: Environment, folder: string = localFolders.gcp): Internet {
  const shows = (fault: string) => (readFaults(folder).preflight ?? []).includes(fault);
  return {
    async resolve(name) {
      if (name !== environment.domain || shows('domain-missing')) return [];
      if (shows('domain-elsewhere')) return [elsewhere];
      const { Address } = await aws.outputs([stackNames(environment).addresses]);
      return Address ? [Address] : [];
    },
    authority: async () => (shows('authority-down') ? 503 : 200),
  };
}
