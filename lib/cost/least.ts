/** What is spent after a change at the least: what nobody can price is not taken for nothing. */
import type { Big } from 'big.js';
import type { Provider } from './component.ts';
import { zero } from './exact.ts';
import type { CostDifference } from './report.ts';

export interface LeastSpend {
  /** A month's amounts. A line whose amount became unknown counts as it was before. */
  readonly byProvider: ReadonlyMap<Provider, Big>;
  /** Providers with something that became unknown: they may cost more. */
  readonly open: ReadonlySet<Provider>;
}

export function leastAfter({ after, lines, opened }: CostDifference): LeastSpend {
  const byProvider = new Map(after.byProvider);
  for (const { resource, before, after: line } of lines) {
    if (!before?.amount || !line || line.amount) continue;
    byProvider.set(resource.provider, (byProvider.get(resource.provider) ?? zero).plus(before.amount));
  }
  return { byProvider, open: new Set(opened.map(({ resource }) => resource.provider)) };
}
