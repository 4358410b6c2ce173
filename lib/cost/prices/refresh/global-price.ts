/** A price that a list has once for the whole world, and the book in each of its regions. */
import type { PriceKey } from '../../component.ts';
import type { PriceBook } from '../price.ts';
import type { Candidate } from './published-price.ts';

/**
 * Whether the book has this price in a region of its own: what a list has under `global` is then
 * wanted.
 */
export function isWantedSomewhere({ prices }: PriceBook, { provider, service, region, item }: PriceKey): boolean {
  return region === 'global' && prices.some((price) => price.provider === provider && price.service === service && price.item === item);
}

/**
 * A global price for each region that the book has it in, unless a list has one of the region. An
 * allowance is then shared by all.
 */
export function spreadGlobal(book: PriceBook, candidates: readonly Candidate[]): Candidate[] {
  return candidates.flatMap((candidate) => {
    const { key } = candidate;
    if (key.region !== 'global' || book.find(key)) return [candidate];
    const same = ({ provider, service, item }: PriceKey) => provider === key.provider && service === key.service && item === key.item;
    const listed = new Set(candidates.flatMap((other) => (same(other.key) ? other.key.region : [])));
    return book.prices
      .filter((price) => same(price) && !listed.has(price.region))
      .map(({ region }) => ({ ...candidate, key: { ...key, region } }));
  });
}
