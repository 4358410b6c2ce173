/**
 * What a provider charges between two days. A month's amount is not spent evenly: sustained-use
 * discounts are earned within each calendar month.
 */
import { Big } from '../../values/decimal.ts';
import type { EarnedInMonth, Provider } from '../component.ts';
import { hoursAMonth, sum, zero } from '../decimal.ts';
import type { CostLine, CostReport } from '../estimate/report.ts';
import { savedHours } from '../prices/sustained-use.ts';

/** What one provider charges. Amounts are USD a month of 730 hours. */
export interface Spending {
  /** Discounts taken off. */
  readonly monthly: Big;
  readonly discounts: readonly EarnedDiscount[];
}

export interface EarnedDiscount {
  /** Less than zero: what a whole month gives back. */
  readonly amount: Big;
  readonly earned: EarnedInMonth;
}

/**
 * A period of days, like `2026-11-23`; what is charged runs from `since` on, and is asked about
 * from `from` until before `to`.
 */
export interface Period {
  readonly since: string;
  readonly from: string;
  readonly to: string;
}

export const nothingSpent: Spending = { monthly: zero, discounts: [] };

/** What a single amount a month is, when nothing of it is a discount. */
export function evenly(monthly: Big): Spending {
  return { monthly, discounts: [] };
}

/** By provider, in the order of the report. */
export function spendingOf({ resources, byProvider }: Pick<CostReport, 'resources' | 'byProvider'>): ReadonlyMap<Provider, Spending> {
  const lines = resources.flatMap(({ resource: { provider }, lines: its }) => its.map((line) => ({ provider, line })));
  return spendingBy(byProvider, lines);
}

/** @param lines among them those with a discount that is earned. */
export function spendingBy(
  monthly: ReadonlyMap<Provider, Big>,
  lines: readonly { readonly provider: Provider; readonly line: CostLine }[],
): ReadonlyMap<Provider, Spending> {
  const discounts = Map.groupBy(
    lines.flatMap(({ provider, line }) => earnedIn(line).map((discount) => ({ provider, discount }))),
    ({ provider }) => provider,
  );
  const of = (provider: Provider) => (discounts.get(provider) ?? []).map(({ discount }) => discount);
  return new Map([...monthly].map(([provider, amount]) => [provider, { monthly: amount, discounts: of(provider) }]));
}

function earnedIn({ amount, earned }: CostLine): EarnedDiscount[] {
  return amount && earned ? [{ amount, earned }] : [];
}

/**
 * USD that are charged in a period. A whole calendar month costs its hours at the month's amount,
 * whatever discounts are in it.
 */
export function spentIn(spending: Spending, { since, from, to }: Period): Big {
  return spentSince(spending, since, to)
    .minus(spentSince(spending, since, from))
    .div(hoursAMonth);
}

/** Times 730, so that nothing is divided before the end. */
function spentSince(spending: Spending, since: string, until: string): Big {
  if (until <= since) return zero;
  const evenlySpent = spending.monthly.times(hoursBetween(since, until));
  const unearned = (from: string, to: string) => sum(spending.discounts.map((discount) => notEarned(discount, from, to)));
  // In the months between, what is earned by the end is the whole month's share.
  if (since.slice(0, 7) === until.slice(0, 7)) return evenlySpent.plus(unearned(since, until));
  return evenlySpent.plus(unearned(since, nextMonth(since))).plus(unearned(`${until.slice(0, 7)}-01`, until));
}

/**
 * What of the even share of a discount is not earned by the end of these days of one calendar
 * month, of which they are the first to run; times 730.
 */
function notEarned({ amount, earned: { bands, running } }: EarnedDiscount, from: string, to: string): Big {
  const [hours, used] = [hoursOfMonth(from), hoursBetween(from, to)];
  if (used.eq('0')) return zero;
  const saved = (elapsed: Big) => savedHours(elapsed.times(running), hours, bands);
  const ofMonth = saved(hours);
  // Both are less than zero: what is missing of the even share is charged.
  return ofMonth.eq('0') ? zero : amount.times(hours).times(saved(used)).div(ofMonth).minus(amount.times(used));
}

/** The first day of the calendar month after a day's. */
function nextMonth(day: string): string {
  return new Date(Date.UTC(...yearAndMonth(day, 1))).toISOString().slice(0, 10);
}

function hoursOfMonth(day: string): Big {
  return hoursOf(Date.UTC(...yearAndMonth(day, 1)) - Date.UTC(...yearAndMonth(day, 0)));
}

function yearAndMonth(day: string, later: number): [year: number, month: number] {
  const [year = 0, month = 1] = day.split('-').map(Number);
  return [year, month - 1 + later];
}

function hoursBetween(from: string, to: string): Big {
  return hoursOf(Date.parse(to) - Date.parse(from));
}

function hoursOf(milliseconds: number): Big {
  return new Big(String(milliseconds / 3_600_000));
}
