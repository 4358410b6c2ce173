/** What a change does to the bill of each provider. */
import type { Big } from 'big.js';
import type { Provider } from '../../component.ts';
import { sum, zero } from '../../decimal.ts';
import type { CostDifference, CostReport, LineChange } from '../../estimate/report.ts';

/** What a change does to the bill of one provider. */
export interface CloudChange {
  readonly provider: Provider;
  readonly before: Big;
  /** Of its lines that have an amount. */
  readonly after: Big;
  /** As far as it is known: a line whose price is no longer known is no money saved. */
  readonly change: Big;
  /** Whether something of it has no amount that had one, or was not there. */
  readonly open: boolean;
  /** Its lines that differ, the largest change first. */
  readonly lines: readonly LineChange[];
}

/** Every provider that sends a bill before or after, in the order of the reports. */
export function changesByProvider({ before, after, lines, opened }: CostDifference): CloudChange[] {
  const byProvider = Map.groupBy(lines, ({ resource }) => resource.provider);
  const open = new Set(opened.map(({ resource }) => resource.provider));
  return [...new Set([...before.byProvider.keys(), ...after.byProvider.keys()])].map((provider) => {
    const its = byProvider.get(provider) ?? [];
    const change = sum(its.flatMap(({ change: known }) => known ?? []));
    return {
      provider,
      before: amountOf(before, provider),
      after: amountOf(after, provider),
      change,
      open: open.has(provider),
      lines: its,
    };
  });
}

function amountOf({ byProvider }: CostReport, provider: Provider): Big {
  return byProvider.get(provider) ?? zero;
}
