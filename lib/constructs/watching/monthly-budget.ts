/** The brake on spending. */
import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import { Construct } from 'constructs';
import type { Usd } from '../../values/money.ts';

export interface MonthlyBudgetProps {
  readonly limit: Usd;
  /** E-mail address; needs no confirmation. */
  readonly contact: string;
}

/** Percent of the limit at which a mail goes out. */
const marks = [80, 100];

/**
 * Mails at 80 % and 100 % of the month's limit, spent and forecast. It watches the whole account: a
 * filter by tag sees nothing until someone has activated the tag for billing, and a budget that
 * sees nothing never warns.
 * It has no name of its own: CloudFormation replaces a budget whose subscribers change, and the new
 * one comes before the old one goes.
 */
export class MonthlyBudget extends Construct {
  constructor(scope: Construct, id: string, props: MonthlyBudgetProps) {
    super(scope, id);
    const subscribers = [{ subscriptionType: 'EMAIL', address: props.contact }];
    new CfnBudget(this, 'Budget', {
      budget: {
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        budgetLimit: { amount: props.limit.amount, unit: 'USD' },
      },
      notificationsWithSubscribers: ['ACTUAL', 'FORECASTED'].flatMap((notificationType) =>
        marks.map((threshold) => ({
          notification: { notificationType, threshold, thresholdType: 'PERCENTAGE', comparisonOperator: 'GREATER_THAN' },
          subscribers,
        })),
      ),
    });
  }
}
