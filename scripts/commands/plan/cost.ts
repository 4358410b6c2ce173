/**
 * The cost line of `dojang plan`: what is planned costs a month, and what that is more than the
 * committed plan.
 */
import type { Environment } from '../../../lib/config/environment.ts';
import type { Provider } from '../../../lib/cost/component.ts';
import { costDifference } from '../../../lib/cost/difference/difference.ts';
import { estimateCost } from '../../../lib/cost/estimate/estimate.ts';
import type { CostDifference, CostReport } from '../../../lib/cost/estimate/report.ts';
import { doubtOfRate, rateText, wonText } from '../../../lib/cost/prices/exchange-rate.ts';
import { amountsData, knownByProvider, knownTotal } from '../../../lib/cost/render/format.ts';
import { creditsOf } from '../../../lib/cost/runway/credits.ts';
import { leastAfter } from '../../../lib/cost/runway/minimum-spend.ts';
import { type Runway, runwaysOf } from '../../../lib/cost/runway/runway.ts';
import { spendingOf } from '../../../lib/cost/runway/spending.ts';
import { hostedModels } from '../../../lib/cost/sources/hosted-model.ts';
import { billedOf } from '../../../lib/cost/sources/inventory.ts';
import type { Inventory } from '../../../lib/inventory/resource.ts';
import { usdChangeText, usdText } from '../../../lib/values/money.ts';
import { estimateInputs } from '../../runtime/cost/inputs.ts';

export interface PlanCost {
  readonly report: CostReport;
  /** From the committed plan to this one; undefined when there is none. */
  readonly difference: CostDifference | undefined;
  /** How long each credit lasts; empty when the configuration names none. */
  readonly runways: readonly Runway[];
  /** Providers whose credit may not last that long, as something new has no price. */
  readonly open: ReadonlySet<Provider>;
}

/** @param day that the bill is for, like `2026-11-28`. */
export function planCost(environment: Environment, planned: Inventory, committed: Inventory | undefined, day: string): PlanCost {
  const { book, rate, usage } = estimateInputs();
  // A plan file does not say which hosted model is asked, so the one of now stands on both sides.
  const models = hostedModels(environment);
  const costOfPlan = (inventory: Inventory) => estimateCost([...billedOf(inventory), ...models], book, usage, day, rate);
  const report = costOfPlan(planned);
  const difference = committed && costDifference(costOfPlan(committed), report);
  const { spending, open } = difference ? leastAfter(difference) : { spending: spendingOf(report), open: new Set<Provider>() };
  return { report, difference, runways: runwaysOf(creditsOf(environment), spending), open };
}

/**
 * ` cost USD 361.21 a month (KRW 490,900), +31.20; 2 without an amount, 1 by this change`, and how
 * long each credit lasts.
 */
export function planCostLines({ report, difference, runways, open }: PlanCost): string[] {
  const { rate, unknown } = report;
  const { total } = knownTotal(report);
  const won = rate ? ` (${wonText(total, rate)})` : '';
  const more = difference && !difference.known.eq('0') ? `, ${usdChangeText(difference.known)}` : '';
  const opened = difference && difference.opened.length > 0 ? `, ${difference.opened.length} by this change` : '';
  const lacking = unknown.length > 0 ? `; ${unknown.length} without an amount${opened} (dojang cost)` : '';
  const credit = runways.flatMap(({ provider, empty }) =>
    empty ? `${provider} until ${empty}${open.has(provider) ? ' or sooner' : ''}` : [],
  );
  return [
    `  cost USD ${usdText(total)} a month${won}${more}${lacking}`,
    ...(rate && doubtOfRate(rate) !== undefined ? [`       ${rateText(rate)}`] : []),
    ...(credit.length > 0 ? [`       credit lasts: ${credit.join(', ')}`] : []),
  ];
}

/** For `--json`. */
export function planCostData({ report, difference, runways, open }: PlanCost) {
  const { total, atLeast } = knownTotal(report);
  return {
    total: total?.toFixed() ?? null,
    atLeast,
    change: difference?.known.toFixed(),
    byProvider: amountsData(knownByProvider(report)),
    unknown: report.unknown.length,
    opened: difference?.opened.length,
    creditSooner: [...open],
    creditUntil: Object.fromEntries(runways.map(({ provider, empty }) => [provider, empty ?? null])),
  };
}
