/** The estimate and what was really spent, side by side for the same days. */
import type { Period } from '../../ports/bills.ts';
import type { Big } from '../../values/decimal.ts';
import type { Provider } from '../component.ts';
import { exact, hoursAMonth, sum, zero } from '../decimal.ts';
import type { CostReport } from '../estimate/report.ts';
import { componentOfPrice, componentOfRow } from './components.ts';
import type { SpendRow } from './spend.ts';

export interface ComparisonLine {
  readonly provider: Provider;
  readonly component: string;
  /** Of the same days; undefined when the estimate has no such line. */
  readonly estimated: Big | undefined;
  /** Undefined when the bill has no such line. */
  readonly spent: Big | undefined;
  readonly difference: Big;
  /** Whether the two differ by more than a fifth and by more than 1 USD. */
  readonly off: boolean;
  /** Lines of the bill that were not estimated. */
  readonly rows: readonly SpendRow[];
}

export interface Actual {
  readonly period: Period;
  /** Part of a month of 730 hours. */
  readonly part: Big;
  readonly lines: readonly ComparisonLine[];
  readonly spent: ReadonlyMap<Provider, Big>;
}

/** @param providers those whose bill was read: nothing is said of the others. */
export function compareWithBill(report: CostReport, rows: readonly SpendRow[], period: Period, providers: readonly Provider[]): Actual {
  const part = partOf(period);
  const estimates = estimatesOf(report, providers, part);
  const spends = Map.groupBy(rows, (row) => `${row.provider}\n${componentOfRow(row)}`);
  const lines = [...new Set([...estimates.keys(), ...spends.keys()])].map((key) =>
    comparisonLine(key, estimates.get(key), spends.get(key)),
  );
  const spent = new Map(providers.map((name) => [name, sum(rows.filter((row) => row.provider === name).map(({ usd }) => usd))]));
  return { period, part, lines: lines.toSorted(byProvider), spent };
}

function partOf({ from, until }: Period): Big {
  const days = exact((Date.parse(until) - Date.parse(from)) / 86_400_000) ?? zero;
  return days.times('24').div(hoursAMonth);
}

function estimatesOf({ resources }: CostReport, providers: readonly Provider[], part: Big): Map<string, Big> {
  const lines = resources.flatMap((cost) => cost.lines).filter(({ price, amount }) => amount && providers.includes(price.provider));
  const groups = Map.groupBy(lines, ({ price }) => `${price.provider}\n${componentOfPrice(price)}`);
  return new Map([...groups].map(([key, its]) => [key, sum(its.map(({ amount }) => amount ?? zero)).times(part)]));
}

function comparisonLine(key: string, estimated: Big | undefined, rows: readonly SpendRow[] | undefined): ComparisonLine {
  const [provider = '', component = ''] = key.split('\n');
  const spent = rows && sum(rows.map(({ usd }) => usd));
  const difference = (spent ?? zero).minus(estimated ?? zero);
  const off = difference.abs().gt('1') && difference.abs().gt((estimated ?? zero).times('0.2'));
  return { provider: provider as Provider, component, estimated, spent, difference, off, rows: estimated ? [] : together(rows ?? []) };
}

/** One row for each name, whatever the months of the answer. */
function together(rows: readonly SpendRow[]): SpendRow[] {
  return [...Map.groupBy(rows, ({ what }) => what)].flatMap(([, same]) =>
    same[0] ? { ...same[0], usd: sum(same.map(({ usd }) => usd)) } : [],
  );
}

/** By provider, and the largest first. */
function byProvider(one: ComparisonLine, other: ComparisonLine): number {
  if (one.provider !== other.provider) return one.provider < other.provider ? -1 : 1;
  return (other.spent ?? other.estimated ?? zero).cmp(one.spent ?? one.estimated ?? zero);
}
