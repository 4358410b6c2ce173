/** How long what was given lasts: credit, spend a week, the day on which nothing is left, and what happens then. */
import { Big } from '../values/decimal.ts';
import type { Provider } from './component.ts';
import { hoursAMonth, zero } from './exact.ts';

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
  /** The day this was reckoned from: the first day of the credit, or the day until which the spend is known. */
  readonly from: string;
  readonly monthly: Big;
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

/** A runway for each credit, in the order of the credits; `monthly` is what each provider costs a month. */
export function runwaysOf(credits: readonly Credit[], monthly: ReadonlyMap<Provider, Big>, options: RunwayOptions = {}): Runway[] {
  return credits.map((credit) => runwayOf(credit, monthly.get(credit.provider) ?? zero, options));
}

function runwayOf({ provider, usd, since, expires }: Credit, monthly: Big, { weeks = 12, spent }: RunwayOptions): Runway {
  const before = spent?.get(provider);
  const from = before?.until ?? since;
  const left = atLeastZero(usd.minus(before?.usd ?? '0'));
  const weekly = monthly.times(hoursAWeek).div(hoursAMonth);
  const used = monthly.gt('0') ? addDays(from, daysOf(left, monthly)) : undefined;
  const usable = expires === undefined ? left : atMost(left, monthly.times(hoursBetween(from, expires)).div(hoursAMonth));
  const early = expires !== undefined && (used === undefined || expires < used);
  const cost = weekly.times(String(weeks));
  return {
    provider,
    credit: usd,
    left,
    from,
    monthly,
    weekly,
    empty: early ? expires : used,
    lost: early ? left.minus(usable) : zero,
    weeks: Array.from({ length: weeks + 1 }, (_, week) => pointAt(from, week, { left, weekly, expires })),
    horizon: { weeks, cost, owed: cost.minus(atMost(cost, usable)) },
    afterwards: afterwards[provider] ?? 'the provider bills the account',
  };
}

function pointAt(
  from: string,
  week: number,
  { left, weekly, expires }: { left: Big; weekly: Big; expires: string | undefined },
): RunwayPoint {
  const day = addDays(from, week * 7);
  const gone = expires !== undefined && day >= expires;
  return { day, left: gone ? zero : atLeastZero(left.minus(weekly.times(String(week)))) };
}

/** Whole days that an amount pays for. */
function daysOf(amount: Big, monthly: Big): number {
  return Number(amount.div(monthly).times(hoursAMonth).div('24').round(0, 0 /* down */).toFixed(0));
}

function hoursBetween(from: string, to: string): string {
  return String(Math.max(0, (Date.parse(to) - Date.parse(from)) / 3_600_000));
}

/** A day that many days later, never beyond the last day that can be written. */
function addDays(day: string, days: number): string {
  const time = Date.parse(day) + days * 86_400_000;
  return time > Date.parse('9999-12-31') ? '9999-12-31' : new Date(time).toISOString().slice(0, 10);
}

const atLeastZero = (amount: Big) => (amount.lt('0') ? zero : amount);
const atMost = (amount: Big, limit: Big) => (amount.gt(limit) ? limit : amount);
