/** A figure of a source document, derived again from what the document says it is made of. */

import type { Price, PriceBook } from '../../../../../lib/cost/prices/price.ts';
import { Big } from '../../../../../lib/values/decimal.ts';
import { type Reckoned, shown } from './reckon.ts';

export interface Figure {
  readonly subject: string;
  /** As the document has it. */
  readonly stated: string;
  readonly verdict: Verdict;
  /**
   * The way to derive it that comes nearest; undefined when the document gives nothing to derive it
   * from.
   */
  readonly derived: Reckoned | undefined;
  /**
   * The same thing in the service's own region at the book's prices; undefined where that has no
   * meaning.
   */
  readonly today: Reckoned | undefined;
  /**
   * What of `derived` the stated figure is, when it is not rounded to its own last digit: `rounded
   * to 10`, `before 8`.
   */
  readonly near?: string | undefined;
  /** Where the document's assumption is off, in sentences. */
  readonly off: readonly string[];
}

/**
 * `follows`: the derived value, rounded up or down to the last digit that the document writes or to
 * the step that is named, is the stated one, or keeps the bound that it states, by prices of the
 * thing itself. Else there is a reason in `off`.
 */
export type Verdict = 'follows' | 'does not follow' | 'nothing to derive it from';

export interface FigureInput {
  readonly subject: string;
  readonly stated: string;
  /**
   * How coarse the document writes, where that is coarser than its last digit. @default one of the
   * last digit of `stated`
   */
  readonly step?: string;
  /** The document says no number, but what it stays below: `before week 8`. */
  readonly isBound?: boolean;
  /** Ways the document may have come to it, the likeliest first. */
  readonly ways: readonly Reckoned[];
  readonly today?: Reckoned;
  readonly off?: readonly string[];
  /**
   * The number can be derived, and it is not what the document says it is; `off` says what it is.
   */
  readonly isSomethingElse?: boolean;
}

export function figure(input: FigureInput): Figure {
  const { subject, stated, step = lastDigit(stated), ways, today, off = [], isSomethingElse = false, isBound = false } = input;
  const value = new Big(stated);
  const distance = ({ value: way }: Reckoned) => way?.minus(value).abs() ?? value;
  const known = ways.filter((way) => way.value !== undefined);
  const nearest = known.toSorted((one, other) => distance(one).cmp(distance(other))).at(0);
  if (!nearest) return { subject, stated, verdict: 'nothing to derive it from', derived: undefined, today, off };
  const isNear = isBound ? nearest.value?.lt(value) === true : isRounded(nearest.value, value, step);
  const near = isNear ? nearText({ ...input, step, isBound }) : undefined;
  const others = isNear ? otherPrices(nearest, today) : [];
  const follows = isNear && !isSomethingElse && !isOfAnotherThing(nearest, today);
  const reasons = [...others, ...off];
  const nearestWay = `nothing that it says gives ${stated}; the nearest is ${nearest.text} = ${shown(nearest.value)}`;
  const said = follows || reasons.length > 0 ? reasons : [nearestWay];
  return {
    subject,
    stated,
    verdict: follows ? 'follows' : 'does not follow',
    derived: nearest,
    today,
    near: follows ? near : undefined,
    off: said,
  };
}

function isRounded(derived: Big | undefined, stated: Big, step: string): boolean {
  if (!derived) return false;
  const steps = derived.div(step);
  const [down, up] = [steps.round(0, 0), steps.round(0, 3)];
  return down.times(step).eq(stated) || up.times(step).eq(stated);
}

function nearText({ stated, step, isBound }: FigureInput & { readonly step: string }): string | undefined {
  if (isBound) return `the document says before ${stated}`;
  return step === lastDigit(stated) ? undefined : `rounded to ${step}`;
}

/** A price that gives the right number and belongs to something else derives nothing. */
function isOfAnotherThing({ prices }: Reckoned, today: Reckoned | undefined): boolean {
  const used = today?.prices ?? [];
  return used.length > 0 && prices.some(({ item }) => !used.some((price) => price.item === item));
}

/**
 * What a figure was made of when it is not what the service uses: another region's price, or
 * another thing's.
 */
function otherPrices({ prices }: Reckoned, today: Reckoned | undefined): string[] {
  const used = today?.prices ?? [];
  if (used.length === 0) return [];
  return prices.flatMap(({ item, region }) => {
    if (!used.some((price) => price.item === item)) return `it is the price of ${item} in ${region}`;
    return used.some((price) => price.region === region) ? [] : `it is a price of ${region}; the service is in Seoul`;
  });
}

/**
 * Whose price in the book this is: the machine, disk or region that a document's figure really
 * belongs to.
 */
export function whosePrice(book: PriceBook, usd: string, unit: Price['unit'] = 'hour'): string[] {
  return book.prices
    .filter((price) => price.unit === unit && price.tiers.length === 1 && price.tiers[0]?.usd.eq(usd))
    .map(({ item, region }) => `${item} in ${region}`);
}

function lastDigit(stated: string): string {
  const decimals = stated.split('.')[1]?.length ?? 0;
  return new Big('10').pow(-decimals).toFixed();
}
