/**
 * What a reviewer has to know about a change of one environment, as data: every renderer takes
 * this.
 */
import { costDifference, isOpen } from '../difference/difference.ts';
import type { CostDifference } from '../estimate/report.ts';
import { type Verdict, verdictsOf } from '../policy/evaluate.ts';
import type { Policies } from '../policy/policy.ts';
import type { Credit } from '../runway/runway.ts';
import { type CloudChange, changesByProvider } from './change/changes-by-provider.ts';
import { type Risk, risksOf, type Side } from './risks.ts';
import { type RunwayChange, runwayChanges } from './runways.ts';

export interface Review {
  readonly environment: string;
  /** What the change of the plan does, by the prices of after on both sides. */
  readonly cost: CostDifference;
  /** What new prices do to what was planned before; undefined when the prices are the same. */
  readonly byPrices: CostDifference | undefined;
  /** Both together, as the bill shows it: the plan and prices of before, and those of after. */
  readonly billed: CostDifference;
  readonly clouds: readonly CloudChange[];
  readonly risks: readonly Risk[];
  readonly verdicts: readonly Verdict[];
  readonly runways: readonly RunwayChange[];
}

export interface ReviewInput {
  readonly environment: string;
  readonly before: Side;
  readonly after: Side;
  readonly cost: CostDifference;
  readonly byPrices?: CostDifference;
  readonly policies: Policies;
  readonly credits: readonly Credit[];
}

export function reviewOf({ environment, before, after, cost, byPrices, policies, credits }: ReviewInput): Review {
  const billed = byPrices ? costDifference(byPrices.before, cost.after) : cost;
  return {
    environment,
    cost,
    byPrices,
    billed,
    clouds: changesByProvider(cost),
    risks: risksOf(before, after),
    verdicts: verdictsOf({ cost, billed, before: before.resources, after: after.resources }, policies),
    runways: runwayChanges(credits, billed),
  };
}

/**
 * Whether there is anything to say: a comment is made for that, and only brought up to date
 * otherwise.
 */
export function saysSomething({ cost, byPrices, risks, verdicts }: Review): boolean {
  return (
    cost.lines.length > 0 ||
    (byPrices?.lines.length ?? 0) > 0 ||
    isOpen(cost) ||
    risks.length > 0 ||
    verdicts.some(({ verdict }) => verdict !== 'pass')
  );
}

export function isRefused({ verdicts }: Review): boolean {
  return verdicts.some(({ verdict }) => verdict === 'fail');
}
