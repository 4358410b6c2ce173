/** How long each credit lasts, before and after a change. */
import type { Big } from 'big.js';
import type { Provider } from '../component.ts';
import type { CostDifference } from '../estimate/report.ts';
import { leastAfter } from '../runway/minimum-spend.ts';
import { type Credit, runwaysOf } from '../runway/runway.ts';
import { spendingOf } from '../runway/spending.ts';

export interface RunwayChange {
  readonly provider: Provider;
  readonly credit: Big;
  /** The day on which nothing is left; undefined when nothing is spent. */
  readonly before: string | undefined;
  readonly after: string | undefined;
  /**
   * Whether that may come sooner, because something of it has no amount any more, or is new and has
   * none.
   */
  readonly open: boolean;
  /** What is lost unused on the day the credit expires. */
  readonly lost: Big;
}

/** One for each credit. A change that spends the same leaves the day where it is. */
export function runwayChanges(credits: readonly Credit[], cost: CostDifference): RunwayChange[] {
  const old = runwaysOf(credits, spendingOf(cost.before));
  const least = leastAfter(cost);
  return runwaysOf(credits, least.spending).map(({ provider, credit, empty, lost }, index) => ({
    provider,
    credit,
    before: old[index]?.empty,
    after: empty,
    open: least.open.has(provider),
    lost,
  }));
}
