/** Warns the contact before a month gets dear. */
import { Budget } from '@pulumi/gcp/billing/budget.js';
import { NotificationChannel } from '@pulumi/gcp/monitoring/notificationChannel.js';
import { ComponentResource, type ComponentResourceOptions, type Resource } from '@pulumi/pulumi';
import type { Environment } from '../lib/config/environment.ts';

export interface MonthlyBudgetArgs {
  readonly environment: Environment;
  /** The APIs it needs. */
  readonly after: readonly Resource[];
}

export class MonthlyBudget extends ComponentResource {
  constructor(name: string, { environment, after }: MonthlyBudgetArgs, opts: ComponentResourceOptions) {
    super('dojang:gpu:MonthlyBudget', name, {}, opts);
    const contact = notificationChannel(this, environment, after);
    budget(this, environment, contact);
    this.registerOutputs();
  }
}

function notificationChannel(parent: Resource, environment: Environment, after: readonly Resource[]): NotificationChannel {
  const { gcp, contact } = environment;
  return new NotificationChannel(
    'budget-contact',
    {
      project: gcp.project,
      displayName: environment.names.gcp.contact,
      description: 'where budget warnings go',
      type: 'email',
      labels: { email_address: contact },
      userLabels: environment.names.tags,
    },
    { parent, dependsOn: [...after] },
  );
}

function budget(parent: Resource, environment: Environment, contact: NotificationChannel): void {
  const { project, billingAccount, budget } = environment.gcp;
  new Budget(
    'budget',
    {
      billingAccount,
      displayName: environment.names.gcp.budget,
      amount: { specifiedAmount: { currencyCode: 'USD', units: String(budget.amount) } },
      budgetFilter: {
        projects: [`projects/${project}`],
        calendarPeriod: 'MONTH',
        // Discounts lower the price. A promotional credit must not hide what is being spent.
        creditTypesTreatment: 'INCLUDE_SPECIFIED_CREDITS',
        creditTypes: ['SUSTAINED_USAGE_DISCOUNT', 'COMMITTED_USAGE_DISCOUNT', 'DISCOUNT'],
      },
      thresholdRules: [
        { thresholdPercent: 0.8, spendBasis: 'CURRENT_SPEND' },
        { thresholdPercent: 1, spendBasis: 'CURRENT_SPEND' },
        { thresholdPercent: 1, spendBasis: 'FORECASTED_SPEND' },
      ],
      allUpdatesRule: { monitoringNotificationChannels: [contact.id], disableDefaultIamRecipients: false },
    },
    // Google answers with the project's number, which would be a change each time; looking it up
    // needs credentials. It keeps the credit types as a set and answers them in an order of its
    // own, which the provider compares as a list: what is set once is not compared.
    { parent, ignoreChanges: ['budgetFilter.projects', 'budgetFilter.creditTypes'] },
  );
}
