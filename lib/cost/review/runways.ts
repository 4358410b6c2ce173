/** How long each credit lasts, before and after a change. */
import type { Big } from 'big.js';
import type { Provider } from '../component.ts';
import type { CostDifference } from '../report.ts';
import { type Credit, runwaysOf } from '../runway.ts';

export interface RunwayChange {
  readonly provider: Provider;
  readonly credit: Big;
  /** The day on which nothing is left; undefined when nothing is spent. */
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** What is lost unused on the day the credit expires. */
  readonly lost: Big;
}

/** One for each credit. A change that spends the same leaves the day where it is. */
export function runwayChanges(credits: readonly Credit[], { before, after }: CostDifference): RunwayChange[] {
  const old = runwaysOf(credits, before.byProvider);
  return runwaysOf(credits, after.byProvider).map(({ provider, credit, empty, lost }, index) => ({
    provider,
    credit,
    before: old[index]?.empty,
    after: empty,
    lost,
  }));
}
