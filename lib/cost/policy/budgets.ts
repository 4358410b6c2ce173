/** The budgets that a plan itself sets up: the amount, and the percentages at which it warns. */
import type { Big } from 'big.js';
import type { PlannedResource } from '../../inventory/resource.ts';
import { exact } from '../decimal.ts';
import { at, knownMembers } from '../resources/property-reader.ts';

export interface PlannedBudget {
  readonly resource: PlannedResource;
  readonly amount: Big;
  /** Percentages of it, in growing order. */
  readonly thresholds: readonly Big[];
}

/** The monthly budgets in dollars among these resources. */
export function budgetsOf(resources: readonly PlannedResource[]): PlannedBudget[] {
  return resources.flatMap((resource) => {
    const read = readers[resource.type]?.(resource);
    if (!read?.amount?.gt('0')) return [];
    return { resource, amount: read.amount, thresholds: inOrder(read.thresholds) };
  });
}

interface Read {
  readonly amount: Big | undefined;
  readonly thresholds: readonly (Big | undefined)[];
}

const readers: Readonly<Record<string, (resource: PlannedResource) => Read | undefined>> = {
  'AWS::Budgets::Budget': ({ properties }) => {
    if (at(properties, 'Budget.BudgetLimit.Unit') !== 'USD' || at(properties, 'Budget.TimeUnit') !== 'MONTHLY') return undefined;
    const rules = knownMembers(properties.NotificationsWithSubscribers).filter(
      (rule) => at(rule, 'Notification.ThresholdType') === 'PERCENTAGE',
    );
    return {
      amount: exact(at(properties, 'Budget.BudgetLimit.Amount')),
      thresholds: rules.map((rule) => exact(at(rule, 'Notification.Threshold'))),
    };
  },
  'gcp:billing/budget:Budget': ({ properties }) => {
    if (at(properties, 'amount.specifiedAmount.currencyCode') !== 'USD') return undefined;
    return {
      amount: exact(at(properties, 'amount.specifiedAmount.units')),
      thresholds: knownMembers(properties.thresholdRules).map((rule) => exact(at(rule, 'thresholdPercent'))?.times('100')),
    };
  },
};

function inOrder(thresholds: readonly (Big | undefined)[]): Big[] {
  const once = new Map(thresholds.flatMap((each) => (each ? [[each.toFixed(), each] as const] : [])));
  return [...once.values()].sort((one, other) => one.cmp(other));
}
