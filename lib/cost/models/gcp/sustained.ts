/** The discount that Google gives by itself for running most of the month, as a line of its own. */
import type { Big } from '../../../values/decimal.ts';
import type { BilledResource, CostComponent } from '../../component.ts';
import { hoursAMonth, whole, zero } from '../../exact.ts';
import { sustainedUse } from '../../sustained-use.ts';
import { discount, type Priced, times } from '../parts.ts';
import type { Quantity } from '../read.ts';

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
  if (hours.eq(hoursAMonth)) return [discount(resource, name, times(hours, amount), priced, found.share)];
  const saved = savedHours(hours, found.bands);
  return saved.eq('0') ? [] : [discount(resource, name, times(saved, amount), priced, whole(-1))];
}

/** Hours' worth of list price that are given back when a machine runs only part of the month. */
function savedHours(hours: Big, bands: readonly Big[]): Big {
  const quarter = hoursAMonth.div(whole(bands.length));
  return bands.reduce((saved, band, index) => {
    const within = hours.minus(quarter.times(whole(index)));
    const here = within.lt('0') ? zero : within.gt(quarter) ? quarter : within;
    return saved.plus(here.times(whole(1).minus(band)));
  }, zero);
}
