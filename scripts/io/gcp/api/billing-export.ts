/** Reads what a GCP project really spent, from the table that Cloud Billing exports to BigQuery. */
import { BigQuery } from '@google-cloud/bigquery';
import type { Environment } from '../../../../lib/config/environment.ts';
import { DojangError, messageOf } from '../../../../lib/errors/dojang-error.ts';
import type { Period } from '../../../../lib/ports/bills.ts';
import { detectMachineByBios } from '../../process/process-environment.ts';

/** Credits that make a price lower. A promotion, as the trial's, pays a bill and lowers none. */
const discounts = [
  'SUSTAINED_USAGE_DISCOUNT',
  'COMMITTED_USAGE_DISCOUNT',
  'COMMITTED_USAGE_DISCOUNT_DOLLAR_BASE',
  'DISCOUNT',
  'FREE_TIER',
  'SUBSCRIPTION_BENEFIT',
];

/** Summed where the data is, in dollars, and as text: a JSON number would be a binary fraction. */
const query = (table: string) => `
SELECT service.description AS service, sku.description AS sku,
  CAST(SUM(CAST(cost / currency_conversion_rate AS NUMERIC)) AS STRING) AS cost,
  CAST(SUM(IFNULL((SELECT SUM(CAST(amount / currency_conversion_rate AS NUMERIC))
    FROM UNNEST(credits) WHERE type IN UNNEST(@discounts)), 0)) AS STRING) AS discounts
FROM \`${table}\`
WHERE project.id = @project AND usage_start_time >= TIMESTAMP(@from) AND usage_start_time < TIMESTAMP(@until)
GROUP BY service, sku`;

/**
 * Rows by service and SKU.
 * @param endpoint another address than Google's.
 * @throws DojangError `no-billing-export`, `billing-export-unreadable`
 */
export async function exportedCosts({ name, gcp }: Environment, { from, until }: Period, endpoint?: string): Promise<unknown> {
  const { project, billingExport, billingAccount } = gcp;
  if (!billingExport) throw noExport(name);
  const table = `${billingExport}.gcp_billing_export_v1_${billingAccount.replaceAll('-', '_')}`;
  detectMachineByBios();
  const client = new BigQuery({ projectId: project, ...(endpoint && { apiEndpoint: endpoint }) });
  try {
    const [rows] = await client.query({ query: query(table), params: { discounts, project, from, until } });
    return rows;
  } catch (cause) {
    throw new DojangError('billing-export-unreadable', `cannot read ${table}`, {
      why: messageOf(cause).split('\n')[0],
      next: 'gcloud auth application-default login, and see that the export of Cloud Billing is switched on and a day old',
      cause,
    });
  }
}

function noExport(name: string): DojangError {
  return new DojangError('no-billing-export', `environments.${name}.gcp has no billingExport`, {
    why: 'Google reports what was spent only in the table that Cloud Billing exports to BigQuery.',
    next: `switch the export on (Billing, Billing export), then set environments.${name}.gcp.billingExport, like 'dojang-prod.billing'`,
  });
}
