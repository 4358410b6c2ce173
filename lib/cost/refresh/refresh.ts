/** What a provider's list changes in the book: a pure comparison. Nothing that looks wrong gets in unasked. */
import { Big } from '../../values/decimal.ts';
import { keyText } from '../book.ts';
import type { PriceKey } from '../component.ts';
import type { Price, PriceBook, Tier } from '../price.ts';
import { type Candidate, type ListRead, type Refused, scopeText } from './candidate.ts';
import { isReckoned, withMachines } from './machines.ts';

export interface PriceChange {
  readonly before: Price | undefined;
  readonly after: Price;
  /** Of the first price; undefined when it was 0 or not there. */
  readonly percent: Big | undefined;
  /** Why a person must say yes; undefined when nobody need be asked. */
  readonly asks?: string;
}

export interface Refresh {
  readonly changes: readonly PriceChange[];
  /** Same price; only date and source are renewed. */
  readonly confirmed: readonly Price[];
  /** In the list under a known name, and not usable. */
  readonly refused: readonly Refused[];
  /** Of the services and regions that were read, and not in the lists: kept as they are. */
  readonly missing: readonly Price[];
  /** All prices of the book, the changes among them. */
  readonly prices: readonly Price[];
}

/** A step of more than this many percent is more often a wrong row than a new price. */
const askAbove = Big('20');

export function refreshOf(book: PriceBook, reads: readonly ListRead[]): Refresh {
  const { taken, ambiguous } = oneEach(reads.flatMap(({ candidates }) => candidates));
  const compared = taken.map((candidate) => compare(book.find(candidate.key), candidate));
  const changed = compared.filter((one) => one.before === undefined || !sameAmounts(one.before, one.after));
  const confirmed = compared.filter((one) => !changed.includes(one)).map(({ after }) => after);
  const renewed = new Map(compared.map(({ after }) => [keyText(after), after]));
  const prices = withMachines(merged(book.prices, renewed), renewed);
  const refused = [...reads.flatMap((read) => read.refused), ...ambiguous];
  return {
    changes: changed,
    confirmed,
    refused,
    missing: missingOf(book, reads, [...compared.map(({ after }) => after), ...refused.map(({ key }) => key)]),
    prices,
  };
}

/** Prices that the lists should have had. A machine that is reckoned from its parts has no row of its own. */
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
  return [{ key: first.key, sku: first.sku, because: `is there at different prices: ${amounts.join(', ')}` }];
}

function sameAmounts(one: Pick<Price, 'unit' | 'tiers'>, other: Pick<Price, 'unit' | 'tiers'>): boolean {
  return (
    one.unit === other.unit && one.tiers.length === other.tiers.length && one.tiers.every((tier, at) => sameTier(tier, other.tiers[at]))
  );
}

function sameTier(one: Tier, other: Tier | undefined): boolean {
  return other !== undefined && one.from.eq(other.from) && one.usd.eq(other.usd);
}

function compare(before: Price | undefined, { key, free, ...candidate }: Candidate): PriceChange {
  const allowance = free ?? before?.free;
  const pool = before?.pool ?? (free && `${key.provider} ${key.service} ${key.item}`);
  const after: Price = { ...keyOf(key), ...candidate, ...(allowance && { free: allowance, pool }), confidence: 'high' };
  const percent = percentOf(before, after);
  return { before, after, percent, asks: reasonToAsk(before, after, percent) };
}

const keyOf = ({ provider, service, region, item }: PriceKey): PriceKey => ({ provider, service, region, item });

function percentOf(before: Price | undefined, after: Price): Big | undefined {
  const [was, is] = [before?.tiers[0]?.usd, after.tiers[0]?.usd];
  return was && is && !was.eq('0') ? is.minus(was).div(was).times('100') : undefined;
}

function reasonToAsk(before: Price | undefined, after: Price, percent: Big | undefined): string | undefined {
  if (after.tiers.some(({ usd }) => usd.lt('0'))) return 'the price is negative';
  if (!before) return undefined;
  if (before.unit !== after.unit) return `it was sold by ${before.unit} and now by ${after.unit}`;
  if (after.tiers[0]?.usd.eq('0') && !before.tiers[0]?.usd.eq('0')) return 'it would be free';
  return steepestStep(before, after, percent);
}

/** Any tier counts, not only the first. */
function steepestStep(before: Price, after: Price, percent: Big | undefined): string | undefined {
  if (percent?.abs().gt(askAbove)) return `the price changes by more than ${askAbove} %`;
  const steep = after.tiers.some(({ from, usd }) => {
    const was = before.tiers.find((tier) => tier.from.eq(from))?.usd;
    return was !== undefined && !was.eq('0') && usd.minus(was).abs().times('100').gt(was.times(askAbove));
  });
  return steep ? `the price of a tier changes by more than ${askAbove} %` : undefined;
}

function merged(prices: readonly Price[], renewed: ReadonlyMap<string, Price>): Price[] {
  const known = new Set(prices.map((price) => keyText(price)));
  const added = [...renewed].filter(([key]) => !known.has(key)).map(([, price]) => price);
  return [...prices.map((price) => renewed.get(keyText(price)) ?? price), ...added];
}
