/** Which prices of the book deserve another look. */
import type { Price, PriceBook } from '../price.ts';

export interface StalePrice {
  readonly price: Price;
  readonly reasons: readonly string[];
}

/**
 * Prices that are older than so many months on a day (`2026-11-21`), of unknown date, or not
 * certain; the weakest first.
 */
export function stalePrices(book: PriceBook, today: string, months: number): StalePrice[] {
  const weak = book.prices.map((price) => ({ price, reasons: reasonsOf(price, today, months) }));
  return weak.filter(({ reasons }) => reasons.length > 0).toSorted((one, other) => rank(other.price) - rank(one.price));
}

function reasonsOf({ asOf, confidence }: Price, today: string, months: number): string[] {
  const age = asOf === 'unknown' ? undefined : monthsBetween(asOf, today);
  return [
    ...(confidence === 'high' ? [] : [`${confidence} confidence`]),
    ...(age === undefined ? ['unknown date'] : []),
    ...(age !== undefined && age > months ? [`${age} months old`] : []),
  ];
}

/**
 * Whole months. A year without a month counts as its January, a month without a day as its first.
 */
function monthsBetween(from: string, to: string): number {
  const monthOf = (date: string) => {
    const [year = '0', month = '1'] = date.split('-');
    return Number(year) * 12 + Number(month);
  };
  return monthOf(to) - monthOf(from);
}

function rank({ confidence, asOf }: Price): number {
  return ['high', 'medium', 'low'].indexOf(confidence) * 2 + (asOf === 'unknown' ? 1 : 0);
}
