/** The cost line of `dojang plan`: what is planned costs a month, and what that is more than the committed plan. */
import type { Environment } from '../lib/config/environment.ts';
import { creditsOf } from '../lib/cost/credits.ts';
import { costDifference } from '../lib/cost/difference.ts';
import { costOf } from '../lib/cost/engine.ts';
import type { CostReport } from '../lib/cost/report.ts';
import { type Runway, runwaysOf } from '../lib/cost/runway.ts';
import { hostedModels } from '../lib/cost/sources/hosted-model.ts';
import { billedOf } from '../lib/cost/sources/inventory.ts';
import { serviceUsage } from '../lib/cost/traffic.ts';
import type { Inventory } from '../lib/inventory/resource.ts';
import type { Big } from '../lib/values/decimal.ts';
import { krwText, usdChangeText, usdText } from '../lib/values/money.ts';
import { readExchangeRate, readPriceBook } from './io/prices/book-folder.ts';

export interface PlanCost {
  readonly report: CostReport;
  /** Undefined when there is no committed plan. */
  readonly change: Big | undefined;
  /** How long each credit lasts; empty when the configuration names none. */
  readonly runways: readonly Runway[];
}

export function planCost(environment: Environment, planned: Inventory, committed: Inventory | undefined): PlanCost {
  const [book, rate, usage] = [readPriceBook(), readExchangeRate(), serviceUsage()];
  // A plan file does not say which hosted model is asked, so the one of now stands on both sides.
  const { models } = hostedModels(environment);
  const costOfPlan = (inventory: Inventory) => costOf([...billedOf(inventory), ...models], book, usage, rate);
  const report = costOfPlan(planned);
  return {
    report,
    change: committed && costDifference(costOfPlan(committed), report).change,
    runways: runwaysOf(creditsOf(environment), report.byProvider),
  };
}

/** `  cost USD 361.21 a month (KRW 490,900), +31.20; 2 without an amount`, and how long each credit lasts. */
export function planCostLines({ report: { total, rate, unknown }, change, runways }: PlanCost): string[] {
  const won = rate ? ` (${krwText(total, rate.krwPerUsd)})` : '';
  const more = change && !change.eq('0') ? `, ${usdChangeText(change)}` : '';
  const open = unknown.length > 0 ? `; ${unknown.length} without an amount (dojang cost)` : '';
  const credit = runways.flatMap(({ provider, empty }) => (empty ? `${provider} until ${empty}` : []));
  return [
    `  cost USD ${usdText(total)} a month${won}${more}${open}`,
    ...(credit.length > 0 ? [`       credit lasts: ${credit.join(', ')}`] : []),
  ];
}

/** For `--json`. */
export function planCostData({ report: { total, byProvider, unknown }, change, runways }: PlanCost) {
  return {
    total: total.toFixed(),
    change: change?.toFixed(),
    byProvider: Object.fromEntries([...byProvider].map(([provider, amount]) => [provider, amount.toFixed()])),
    unknown: unknown.length,
    creditUntil: Object.fromEntries(runways.map(({ provider, empty }) => [provider, empty ?? null])),
  };
}
