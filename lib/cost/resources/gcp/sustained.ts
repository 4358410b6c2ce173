/** The discount that Google gives by itself for running most of the month, as a line of its own. */
import type { Big } from '../../../values/decimal.ts';
import type { BilledResource, CostComponent } from '../../component.ts';
import { hoursAMonth, whole } from '../../decimal.ts';
import { savedHours, sustainedUse } from '../../prices/sustained-use.ts';
import { discount, type Priced, times } from '../line-items.ts';
import type { Quantity } from '../property-reader.ts';

interface Discounted {
  /** Machine family or GPU that the rule is for: `n1`, `NVIDIA T4`. */
  readonly rule: string;
  /** Hours that each runs in the month. */
  readonly hours: Big;
  /** Cores, GB or GPUs that run so long. */
  readonly amount: Quantity;
  readonly priced: Priced;
}

/** No line where there is no discount. */
export function sustainedUseLine(resource: BilledResource, name: string, { rule, hours, amount, priced }: Discounted): CostComponent[] {
  const found = sustainedUse(rule);
  if (!found || found.share.eq('0')) return [];
  const earned = { bands: found.bands, running: hours.div(hoursAMonth) };
  if (hours.eq(hoursAMonth)) return [{ ...discount(resource, name, times(hours, amount), priced, found.share), earned }];
  const saved = savedHours(hours, hoursAMonth, found.bands);
  return saved.eq('0') ? [] : [{ ...discount(resource, name, times(saved, amount), priced, whole(-1)), earned }];
}
