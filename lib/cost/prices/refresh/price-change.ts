/** How far a new price is from the one in the book, and why it must be confirmed. */
import { Big } from '../../../values/decimal.ts';
import type { Price } from '../price.ts';

export interface PriceChange {
  readonly before: Price | undefined;
  readonly after: Price;
  /** Of the first price; undefined when it was 0 or not there. */
  readonly percent: Big | undefined;
  /** Why it must be confirmed; undefined when it need not be. */
  readonly asks?: string;
}

/** A step of more than this many percent is more often a wrong row than a new price. */
const askAbove = Big('20');

export function changeOf(before: Price | undefined, after: Price): PriceChange {
  const percent = percentOf(before, after);
  return { before, after, percent, asks: reasonToAsk(before, after, percent) };
}

type Amounts = Pick<Price, 'unit' | 'tiers' | 'free'>;

/** Whether two prices make the same bill: unit, tiers and what is free. */
export function sameAmounts(one: Amounts, other: Amounts): boolean {
  const sameTier = ({ from, usd }: Price['tiers'][number], at: number) => other.tiers[at]?.from.eq(from) && other.tiers[at].usd.eq(usd);
  const sameFree = one.free && other.free ? one.free.eq(other.free) : one.free === other.free;
  return sameFree && one.unit === other.unit && one.tiers.length === other.tiers.length && one.tiers.every(sameTier);
}

function percentOf(before: Price | undefined, after: Price): Big | undefined {
  const [was, is] = [before?.tiers[0]?.usd, after.tiers[0]?.usd];
  return was && is && !was.eq('0') ? is.minus(was).div(was).times('100') : undefined;
}

function reasonToAsk(before: Price | undefined, after: Price, percent: Big | undefined): string | undefined {
  if (after.tiers.some(({ usd }) => usd.lt('0'))) return 'the price is negative';
  if (!before) return undefined;
  if (before.unit !== after.unit) return `it was sold by ${before.unit} and now by ${after.unit}`;
  if (after.tiers[0]?.usd.eq('0') && !before.tiers[0]?.usd.eq('0')) return 'it would be free';
  if (percent?.abs().gt(askAbove)) return `the price changes by more than ${askAbove} %`;
  return changedAllowance(before, after) ?? lostTiers(before, after) ?? steepTier(before, after);
}

function changedAllowance({ free: before, unit }: Price, { free: after }: Price): string | undefined {
  if (before && after ? before.eq(after) : before === after) return undefined;
  return `${after?.toFixed() ?? 'nothing'} of it would be free each month, where it was ${before?.toFixed() ?? 'nothing'} (by ${unit})`;
}

/**
 * A tier that is gone or begins elsewhere changes what large quantities cost, even where each price
 * is the same.
 */
function lostTiers(before: Price, after: Price): string | undefined {
  const lost = before.tiers.some(({ from }) => !after.tiers.some((tier) => tier.from.eq(from)));
  return lost ? `its tiers began at ${beginnings(before)} and now at ${beginnings(after)}` : undefined;
}

const beginnings = ({ tiers }: Price): string => tiers.map(({ from }) => from.toFixed()).join(', ');

/** Of each tier against what this quantity cost before, so that a new tier counts too. */
function steepTier(before: Price, after: Price): string | undefined {
  const steep = after.tiers.some(({ from, usd }) => {
    const was = before.tiers.findLast((tier) => !tier.from.gt(from))?.usd;
    return was !== undefined && !was.eq('0') && usd.minus(was).abs().times('100').gt(was.times(askAbove));
  });
  return steep ? `the price of a tier changes by more than ${askAbove} %` : undefined;
}
