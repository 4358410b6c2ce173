/** Whether a change takes a cloud past a threshold of its own budget. */
import { usdText } from '../../values/money.ts';
import { zero } from '../decimal.ts';
import { providerName } from '../render/format.ts';
import { budgetsOf, type PlannedBudget } from './budgets.ts';
import type { Finding, Policies, Policy, PolicySubject } from './policy.ts';
import { unpricedFinding } from './unpriced.ts';

export const budgetCrossed: Policy = {
  id: 'budget-crossed',
  about: 'No change passes a threshold of the budget of its cloud that was not passed before.',
  evaluate(subject, policies) {
    const budgets = budgetsOf(subject.after);
    if (budgets.length === 0) return undefined;
    return {
      right: budgets.map((budget) => standing(budget, subject)).join(', '),
      findings: budgets.flatMap((budget) => [
        ...crossed(budget, subject, policies.budgetCrossed),
        ...unpricedFinding(openedIn(budget, subject), standing(budget, subject), policies),
      ]),
    };
  },
};

function standing({ resource, amount }: PlannedBudget, { billed }: PolicySubject): string {
  const spent = billed.after.byProvider.get(resource.cloud) ?? zero;
  return `${providerName[resource.cloud]} at ${spent.times('100').div(amount).toFixed(0)} % of ${usdText(amount)} USD`;
}

function openedIn({ resource: { cloud } }: PlannedBudget, { billed }: PolicySubject) {
  return billed.opened.filter(({ resource }) => resource.provider === cloud);
}

/**
 * Measured then by the budget of then, so that a budget that is raised with the cost is not
 * crossed. New prices cross it too.
 */
function crossed(budget: PlannedBudget, { billed, before }: PolicySubject, level: Policies['budgetCrossed']): Finding[] {
  const { resource, amount, thresholds } = budget;
  const old = budgetsOf(before).find((each) => each.resource.id === resource.id && each.resource.cloud === resource.cloud) ?? budget;
  const then = billed.before.byProvider.get(resource.cloud) ?? zero;
  const now = billed.after.byProvider.get(resource.cloud) ?? zero;
  const passed = thresholds.filter(
    (threshold) => now.times('100').gt(threshold.times(amount)) && then.times('100').lte(threshold.times(old.amount)),
  );
  const highest = passed.at(-1);
  if (!highest) return [];
  const message = `${providerName[resource.cloud]} at ${usdText(now)} USD a month passes ${highest.toFixed()} % of its budget of ${usdText(amount)} USD`;
  const next = 'plan something smaller, or raise the budget of that cloud in the same change';
  return [{ level, message, next, resource }];
}
