/** A release of all components, in the order of section 3.D of the manual. */
import type { App } from '../artifact.ts';
import { fullManual } from './manual/manual.ts';
import { deployPlan, type PlanOptions } from './plan.ts';
import type { Plan } from './step.ts';

interface PartOfAll {
  readonly plan: Plan;
  /** Components that are rolled back too when this one fails, in this order. */
  readonly rollsBack: readonly App[];
  readonly reason: string;
}

/**
 * Which component's failure takes an earlier one back. Each rollback trigger of the manual has the
 * component itself as its scope; the web is ours, as its page was built for that API.
 */
const others: Readonly<Record<App, Pick<PartOfAll, 'rollsBack' | 'reason'>>> = {
  web: { rollsBack: [], reason: 'it is the first' },
  api: { rollsBack: ['web'], reason: 'the new page was built for the new API' },
  ai: { rollsBack: [], reason: 'a machine of its own, asked through the queue in one format; the API serves without it' },
};

export function allPlan(options: PlanOptions = {}): readonly PartOfAll[] {
  return fullManual.order.map((app) => ({ plan: deployPlan(app, options), ...others[app] }));
}
