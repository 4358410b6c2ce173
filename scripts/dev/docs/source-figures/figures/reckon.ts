/** Arithmetic that shows itself: a value together with how it came about and the prices in it. */

import type { PriceKey } from '../../../../../lib/cost/component.ts';
import type { Price, PriceBook } from '../../../../../lib/cost/prices/price.ts';
import { Big } from '../../../../../lib/values/decimal.ts';

export interface Reckoned {
  /** Undefined when a price in it is unknown; `text` says which. */
  readonly value: Big | undefined;
  readonly text: string;
  readonly prices: readonly Price[];
}

/** A number as a document gives it, with its unit: `0.0816`, `720 h`, `50 requests`. */
export function given(text: string): Reckoned {
  return { value: new Big(text.split(' ')[0] ?? ''), text, prices: [] };
}

/** A price of the book: of its first tier, as every figure here is a small one. */
export function priced(book: PriceBook, key: PriceKey): Reckoned {
  const price = book.find(key);
  const usd = price?.tiers[0]?.usd;
  const name = `${key.item}, ${key.region}`;
  return price && usd
    ? { value: usd, text: `${usd.toFixed()} (${name})`, prices: [price] }
    : { value: undefined, text: `? (no price of ${name})`, prices: [] };
}

export const times = combine('x', (left, right) => left.times(right));
export const plus = combine('+', (left, right) => left.plus(right));
export const over = combine('/', (left, right) => left.div(right));
export const minus = combine('-', (left, right) => left.minus(right));

/** A part of a larger sum that needs brackets there. */
export function bracketed(part: Reckoned): Reckoned {
  return { ...part, text: `(${part.text})` };
}

/** Cents for what is at least a cent, more digits for less. */
export function shown(value: Big | undefined): string {
  if (!value) return '-';
  return value.eq('0') || value.abs().gte('0.1') ? value.toFixed(2) : value.round(5).toFixed();
}

function combine(sign: string, apply: (left: Big, right: Big) => Big) {
  return (first: Reckoned, ...others: readonly Reckoned[]): Reckoned =>
    others.reduce(
      (left, right) => ({
        value: left.value && right.value && apply(left.value, right.value),
        text: `${left.text} ${sign} ${right.text}`,
        prices: [...left.prices, ...right.prices],
      }),
      first,
    );
}
