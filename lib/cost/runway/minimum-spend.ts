/** What is spent after a change at the least: what has no price is not taken for nothing. */
import type { Big } from 'big.js';
import type { Provider } from '../component.ts';
import { zero } from '../decimal.ts';
import type { CostDifference } from '../estimate/report.ts';
import { type Spending, spendingBy } from './spending.ts';

export interface LeastSpend {
  /** A month's amounts. A line whose amount became unknown counts as it was before. */
  readonly byProvider: ReadonlyMap<Provider, Big>;
  /** The same as it is charged day by day. */
  readonly spending: ReadonlyMap<Provider, Spending>;
  /** Providers with something that became unknown: they may cost more. */
  readonly open: ReadonlySet<Provider>;
}

export function leastAfter({ after, lines, opened }: CostDifference): LeastSpend {
  const byProvider = new Map(after.byProvider);
  const counted = after.resources.flatMap(({ resource: { provider }, lines: its }) => its.map((line) => ({ provider, line })));
  for (const {
    resource: { provider },
    before,
    after: line,
  } of lines) {
    if (!before?.amount || !line || line.amount) continue;
    byProvider.set(provider, (byProvider.get(provider) ?? zero).plus(before.amount));
    counted.push({ provider, line: before });
  }
  return {
    byProvider,
    spending: spendingBy(byProvider, counted),
    open: new Set(opened.map(({ resource }) => resource.provider)),
  };
}
