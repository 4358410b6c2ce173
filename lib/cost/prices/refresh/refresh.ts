/**
 * What a provider's list changes in the book: a pure comparison. Nothing that looks wrong gets in
 * unasked.
 */
import type { PriceKey } from '../../component.ts';
import type { Price, PriceBook } from '../price.ts';
import { keyText } from '../price-book.ts';
import { spreadGlobal } from './global-price.ts';
import { isReckoned, withMachines } from './machines.ts';
import { changeOf, type PriceChange, sameAmounts } from './price-change.ts';
import { type Candidate, type ListRead, type Refused, type Skipped, scopeText, skippedCounter } from './published-price.ts';

export interface Refresh {
  readonly changes: readonly PriceChange[];
  /** Same price; only date and source are renewed. */
  readonly confirmed: readonly Price[];
  /** In the list under a known name, and not usable. */
  readonly refused: readonly Refused[];
  /** Of the services and regions that were read, and not in the lists: kept as they are. */
  readonly missing: readonly Price[];
  /** Products of the lists that were not taken. */
  readonly skipped: Skipped;
  /** All prices of the book, the changes among them. */
  readonly prices: readonly Price[];
}

export function refreshOf(book: PriceBook, reads: readonly ListRead[]): Refresh {
  const { taken, ambiguous } = oneEach(
    spreadGlobal(
      book,
      reads.flatMap(({ candidates }) => candidates),
    ),
  );
  const listed = taken.map((candidate) => compare(book.find(candidate.key), candidate));
  const renewed = new Map(listed.map(({ after }) => [keyText(after), after]));
  const prices = withMachines(merged(book.prices, renewed), renewed);
  const compared = [...listed, ...reckonedChanges(book, prices)];
  const changed = compared.filter((one) => one.before === undefined || !sameAmounts(one.before, one.after));
  const confirmed = compared.filter((one) => !changed.includes(one)).map(({ after }) => after);
  const refused = [...reads.flatMap((read) => read.refused), ...ambiguous];
  const counter = skippedCounter();
  for (const { skipped } of reads) counter.add(skipped);
  return {
    changes: changed,
    confirmed,
    refused,
    skipped: counter.skipped,
    missing: missingOf(book, reads, [...compared.map(({ after }) => after), ...refused.map(({ key }) => key)]),
    prices,
  };
}

/** What no list says and still is another price: machines reckoned anew from their parts. */
function reckonedChanges(book: PriceBook, prices: readonly Price[]): PriceChange[] {
  return prices.filter(isReckoned).flatMap((after) => {
    const before = book.find(after);
    return before === after ? [] : [changeOf(before, after)];
  });
}

/**
 * Prices that the lists should have had. A machine that is reckoned from its parts has no row of
 * its own.
 */
function missingOf(book: PriceBook, reads: readonly ListRead[], seen: readonly PriceKey[]): Price[] {
  const scopes = new Set(reads.flatMap((read) => read.scopes));
  const known = new Set(seen.map((key) => keyText(key)));
  return book.prices.filter((price) => scopes.has(scopeText(price)) && !known.has(keyText(price)) && !isReckoned(price));
}

/** Two SKUs of one name and one price are one price; of two prices neither is taken. */
function oneEach(candidates: readonly Candidate[]): { readonly taken: readonly Candidate[]; readonly ambiguous: readonly Refused[] } {
  const byKey = Map.groupBy(candidates, ({ key }) => keyText(key));
  const groups = [...byKey.values()];
  const isClear = ([first, ...others]: readonly Candidate[]) => others.every((other) => first && sameAmounts(first, other));
  return {
    taken: groups.filter(isClear).flatMap(([first]) => first ?? []),
    ambiguous: groups.filter((group) => !isClear(group)).flatMap((group) => ambiguousOf(group)),
  };
}

function ambiguousOf(group: readonly Candidate[]): Refused[] {
  const [first] = group;
  if (!first) return [];
  const amounts = group.map(({ sku, tiers }) => `${sku} ${tiers[0]?.usd.toFixed()}`);
  return [{ key: first.key, sku: first.sku, reason: `is there at different prices: ${amounts.join(', ')}` }];
}

/** A list says nothing of allowances: what the book says of one stays as certain as it was. */
function compare(before: Price | undefined, { key, free, ...candidate }: Candidate): PriceChange {
  const allowance = free ?? before?.free;
  const pool = before?.pool ?? (free && `${key.provider} ${key.service} ${key.item}`);
  const confidence = before?.free && !free ? before.confidence : 'high';
  const note = before?.note;
  return changeOf(before, {
    ...keyOf(key),
    ...candidate,
    ...(allowance && { free: allowance, pool }),
    confidence,
    ...(note !== undefined && { note }),
  });
}

const keyOf = ({ provider, service, region, item }: PriceKey): PriceKey => ({ provider, service, region, item });

function merged(prices: readonly Price[], renewed: ReadonlyMap<string, Price>): Price[] {
  const known = new Set(prices.map((price) => keyText(price)));
  const added = [...renewed].filter(([key]) => !known.has(key)).map(([, price]) => price);
  return [...prices.map((price) => renewed.get(keyText(price)) ?? price), ...added];
}
