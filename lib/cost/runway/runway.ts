/**
 * How long what was given lasts: credit, spend a week, the day on which nothing is left, and what
 * happens then.
 */
import { Big } from '../../values/decimal.ts';
import type { Provider } from '../component.ts';
import { hoursAMonth, zero } from '../decimal.ts';
import { nothingSpent, type Spending, spentIn } from './spending.ts';

/** A credit of one provider, as the configuration names it. Days are like `2026-11-23`. */
export interface Credit {
  readonly provider: Provider;
  readonly usd: Big;
  readonly since: string;
  /** The day from which what is left can no longer be used. */
  readonly expires?: string;
}

/** What is known to be spent of a credit before a day. */
export interface Spent {
  readonly usd: Big;
  readonly until: string;
}

interface RunwayPoint {
  readonly day: string;
  readonly left: Big;
}

export interface Runway {
  readonly provider: Provider;
  readonly credit: Big;
  /** What is left of it on `from`. */
  readonly left: Big;
  /** First day of the forecast: that of the credit, or the day until which the spend is known. */
  readonly from: string;
  readonly monthly: Big;
  /** Of a month's average; the weeks of a month differ where discounts are earned within it. */
  readonly weekly: Big;
  /** The day on which nothing is left; undefined when nothing is spent. */
  readonly empty: string | undefined;
  /** What is lost unused on the day the credit expires. */
  readonly lost: Big;
  /** Week by week to the end of the horizon. */
  readonly weeks: readonly RunwayPoint[];
  readonly horizon: { readonly weeks: number; readonly cost: Big; readonly owed: Big };
  /** What happens when nothing is left. */
  readonly afterwards: string;
}

export interface RunwayOptions {
  /** @default 12, the project's own */
  readonly weeks?: number;
  readonly spent?: ReadonlyMap<Provider, Spent>;
}

const hoursAWeek = new Big('168');

/** What providers do when nothing is left. */
const afterwards: Partial<Record<Provider, string>> = {
  aws: 'nothing stops: the bill goes to the payment method of the account',
  gcp: 'a paid account goes on and is billed; a trial account stops every machine and deletes it after 30 days',
  runpod: 'paid in advance: endpoints take no more work, and stored volumes are deleted when nothing is paid',
};

/**
 * A runway for each credit, in the order of the credits; `spending` is what each provider charges.
 */
export function runwaysOf(credits: readonly Credit[], spending: ReadonlyMap<Provider, Spending>, options: RunwayOptions = {}): Runway[] {
  return credits.map((credit) => runwayOf(credit, spending.get(credit.provider) ?? nothingSpent, options));
}

function runwayOf({ provider, usd, since, expires }: Credit, spending: Spending, { weeks = 12, spent }: RunwayOptions): Runway {
  const before = spent?.get(provider);
  const from = before?.until ?? since;
  const left = atLeastZero(usd.minus(before?.usd ?? '0'));
  // The machines run since the credit is there, so the discounts of the month in which it is looked
  // at are partly earned.
  const spentUntil = (to: string) => (to <= from ? zero : spentIn(spending, { since: since < from ? since : from, from, to }));
  const { monthly } = spending;
  const used = monthly.gt('0') ? emptyDay(from, left, spentUntil) : undefined;
  const usable = expires === undefined ? left : atMost(left, spentUntil(expires));
  const early = expires !== undefined && (used === undefined || expires < used);
  const cost = spentUntil(addDays(from, weeks * 7));
  return {
    provider,
    credit: usd,
    left,
    from,
    monthly,
    weekly: monthly.times(hoursAWeek).div(hoursAMonth),
    empty: early ? expires : used,
    lost: early ? left.minus(usable) : zero,
    weeks: Array.from({ length: weeks + 1 }, (_, week) => pointAt(addDays(from, week * 7), { left, spentUntil, expires })),
    horizon: { weeks, cost, owed: cost.minus(atMost(cost, usable)) },
    afterwards: afterwards[provider] ?? 'the provider bills the account',
  };
}

type SpentUntil = (day: string) => Big;

function pointAt(
  day: string,
  { left, spentUntil, expires }: { left: Big; spentUntil: SpentUntil; expires: string | undefined },
): RunwayPoint {
  const gone = expires !== undefined && day >= expires;
  return { day, left: gone ? zero : atLeastZero(left.minus(spentUntil(day))) };
}

/** The day in which an amount is used up: the last one whose beginning it pays for. */
function emptyDay(from: string, amount: Big, spentUntil: SpentUntil): string {
  let [paid, tooMany] = [0, daysBetween(from, lastDay) + 1];
  while (tooMany - paid > 1) {
    const days = Math.floor((paid + tooMany) / 2);
    if (spentUntil(addDays(from, days)).lte(amount)) paid = days;
    else tooMany = days;
  }
  return addDays(from, paid);
}

/** The last day that can be written with four digits of the year. */
const lastDay = '9999-12-31';

const aDay = 86_400_000;

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / aDay);
}

function addDays(day: string, days: number): string {
  const time = Math.min(Date.parse(day) + days * aDay, Date.parse(lastDay));
  return new Date(time).toISOString().slice(0, 10);
}

const atLeastZero = (amount: Big) => (amount.lt('0') ? zero : amount);
const atMost = (amount: Big, limit: Big) => (amount.gt(limit) ? limit : amount);
