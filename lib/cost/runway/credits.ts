/** The credits that an environment's configuration names. */
import type { Environment } from '../../config/environment.ts';
import { Big } from '../../values/decimal.ts';
import type { Credit } from './runway.ts';

/** None when the configuration has no `credits`. */
export function creditsOf({ credits }: Pick<Environment, 'credits'>): Credit[] {
  if (!credits) return [];
  const { since, expire } = credits;
  return (['aws', 'gcp', 'runpod'] as const).flatMap((provider) => {
    const amount = credits[provider]?.amount;
    const expires = expire[provider];
    return amount === undefined ? [] : { provider, usd: new Big(String(amount)), since, ...(expires && { expires }) };
  });
}
