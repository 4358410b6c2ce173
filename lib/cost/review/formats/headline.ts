/** What a change does to the bill, in one clause. */
import { usdChangeText } from '../../../values/money.ts';
import { isOpen } from '../../difference/difference.ts';
import type { CostDifference } from '../../estimate/report.ts';
import { wonText } from '../../prices/exchange-rate.ts';
import type { Review } from '../review.ts';

/**
 * `+31.20 USD a month (KRW 42,400)`, and beside it what new prices do, as no plan has to change for
 * that.
 */
export function headlineText({ cost, byPrices }: Pick<Review, 'cost' | 'byPrices'>): string {
  const ofPrices = byPrices && changesAnything(byPrices) ? byPrices : undefined;
  if (!ofPrices) return changesAnything(cost) ? amountText(cost) : 'no change';
  const ofPlan = changesAnything(cost) ? amountText(cost) : 'no change of the plan';
  return `${ofPlan}; new prices ${newPricesText(ofPrices)}`;
}

function changesAnything(cost: CostDifference): boolean {
  return !cost.known.eq('0') || isOpen(cost);
}

function newPricesText(cost: CostDifference): string {
  return cost.known.eq('0') ? 'that leave something without a price' : amountText(cost);
}

/**
 * Only what is known on both sides is added up: a price that is no longer known is no money saved.
 */
function amountText(cost: CostDifference): string {
  const { known, after } = cost;
  if (known.eq('0')) return 'a change that could not be priced';
  const inWon = after.rate ? ` (${wonText(known, after.rate)})` : '';
  return `${usdChangeText(known)} USD a month${inWon}${isOpen(cost) ? ', and what could not be priced' : ''}`;
}
