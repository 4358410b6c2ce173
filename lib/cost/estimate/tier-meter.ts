/**
 * What an account has used up of tiers and free allowances while its lines are priced one after
 * another.
 */
import type { Big } from 'big.js';
import { zero } from '../decimal.ts';
import type { Price } from '../prices/price.ts';

export interface Account {
  /**
   * What this much more costs. A share is part of a price that is paid elsewhere: it uses up
   * nothing.
   */
  pay(price: Price, quantity: Big, share?: Big): Big;
}

export function createTierMeter(): Account {
  /** Free quantity already taken, by its pool. */
  const taken = new Map<string, Big>();
  /** Quantity already paid, where the price depends on it. */
  const paid = new Map<Price, Big>();

  /** The part of a quantity that no allowance covers. */
  function beyondFree(price: Price, quantity: Big): Big {
    if (!price.free) return quantity;
    const pool = price.pool ?? `${price.provider} ${price.service} ${price.region} ${price.item}`;
    const before = taken.get(pool) ?? zero;
    const left = price.free.gt(before) ? price.free.minus(before) : zero;
    const covered = quantity.lt(left) ? quantity : left;
    taken.set(pool, before.plus(covered));
    return quantity.minus(covered);
  }

  return {
    pay(price, quantity, share) {
      if (share) return spend(price, zero, quantity).times(share);
      const billed = beyondFree(price, quantity);
      if (price.tiers.length === 1) return spend(price, zero, billed);
      const before = paid.get(price) ?? zero;
      paid.set(price, before.plus(billed));
      return spend(price, before, billed);
    },
  };
}

/** What `quantity` costs after `before` of it has been paid. */
function spend({ tiers }: Price, before: Big, quantity: Big): Big {
  const [first] = tiers;
  if (tiers.length === 1 && first) return quantity.times(first.usd);
  const after = before.plus(quantity);
  return tiers.reduce((amount, { from, usd }, index) => {
    const to = tiers[index + 1]?.from;
    const begin = before.gt(from) ? before : from;
    const end = to?.lt(after) ? to : after;
    return end.gt(begin) ? amount.plus(end.minus(begin).times(usd)) : amount;
  }, zero);
}
