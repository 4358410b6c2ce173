/** What a reviewer has to know about a change of one environment, as data: every renderer takes this. */
import type { Big } from 'big.js';
import type { Provider } from '../component.ts';
import { sum, zero } from '../decimal.ts';
import { costDifference, isOpen } from '../difference/difference.ts';
import type { CostDifference, CostReport, LineChange } from '../estimate/report.ts';
import { type Verdict, verdictsOf } from '../policy/evaluate.ts';
import type { Policies } from '../policy/policy.ts';
import type { Credit } from '../runway/runway.ts';
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
    clouds: connectClouds(cost),
    risks: risksOf(before, after),
    verdicts: verdictsOf({ cost, billed, before: before.resources, after: after.resources }, policies),
    runways: runwayChanges(credits, billed),
  };
}

/** Whether there is anything to say: a comment is made for that, and only brought up to date otherwise. */
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

/** Every provider that sends a bill before or after, in the order of the reports. */
function connectClouds({ before, after, lines, opened }: CostDifference): CloudChange[] {
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
