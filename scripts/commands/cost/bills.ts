/**
 * Where the bills of an environment come from: the clouds themselves, or recorded answers for the
 * embedded ones.
 */
import type { Environment } from '../../../lib/config/environment.ts';
import { isLocal } from '../../../lib/config/names.ts';
import type { Bills, Period } from '../../../lib/ports/bills.ts';
import { realConnection } from '../../runtime/clouds/real-connection.ts';

/** @param otherwise the period when the command line names none. */
export async function billsOf(environment: Environment, otherwise: Period): Promise<{ bills: Bills; period: Period }> {
  if (isLocal(environment)) {
    const { recordedBills, recordedPeriod } = await import('../../local/bills/index.ts');
    return { bills: recordedBills, period: recordedPeriod };
  }
  return { bills: clouds, period: otherwise };
}

/** Each SDK is loaded when its cloud is asked. */
const clouds: Bills = {
  note: undefined,
  aws: async (environment, period) => {
    const { costAndUsage } = await import('../../io/aws/cost-explorer.ts');
    return costAndUsage(environment, period, realConnection(environment.name));
  },
  gcp: async (environment, period) => (await import('../../io/gcp/api/billing-export.ts')).exportedCosts(environment, period),
};
