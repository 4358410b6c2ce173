/** What was really spent, as the clouds' own billing interfaces report it. */
import * as z from 'zod';
import { DojangError } from '../../errors/dojang-error.ts';
import type { Big } from '../../values/decimal.ts';
import type { Provider } from '../component.ts';
import { exact } from '../decimal.ts';

/**
 * One line of a bill: a usage type of AWS, a SKU of Google. Credits that were given are not taken
 * off; discounts are.
 */
export interface SpendRow {
  readonly provider: Provider;
  readonly service: string;
  readonly what: string;
  readonly usd: Big;
}

const amount = z.union([z.string(), z.number()]).transform((written, context) => {
  const number = exact(written);
  if (number) return number;
  context.addIssue({ code: 'custom', message: `${JSON.stringify(written)} is not an amount` });
  return z.NEVER;
});

/** An answer of Cost Explorer's GetCostAndUsage, grouped by service and usage type. */
const costAndUsage = z.object({
  ResultsByTime: z.array(
    z.object({
      Groups: z.array(
        z.object({
          Keys: z.tuple([z.string(), z.string()]),
          Metrics: z.object({ UnblendedCost: z.object({ Amount: amount, Unit: z.literal('USD') }) }),
        }),
      ),
    }),
  ),
});

/** @throws DojangError `not-a-bill` when an answer is not what Cost Explorer answers. */
export function awsSpend(answers: readonly unknown[]): SpendRow[] {
  const pages = z.array(costAndUsage).safeParse(answers);
  if (!pages.success) throw notABill('Cost Explorer', pages.error);
  return pages.data
    .flatMap(({ ResultsByTime }) => ResultsByTime.flatMap(({ Groups }) => Groups))
    .map(({ Keys: [service, what], Metrics }) => ({ provider: 'aws', service, what, usd: Metrics.UnblendedCost.Amount }));
}

/**
 * Rows of the Cloud Billing export, summed by service and SKU; amounts in dollars as text, so that
 * none is a binary fraction.
 */
const exportRows = z.array(z.object({ service: z.string(), sku: z.string(), cost: amount, discounts: amount }));

/** @throws DojangError `not-a-bill` when the rows are not those of our query. */
export function gcpSpend(rows: unknown): SpendRow[] {
  const read = exportRows.safeParse(rows);
  if (!read.success) throw notABill('the billing export', read.error);
  return read.data.map(({ service, sku, cost, discounts }) => ({ provider: 'gcp', service, what: sku, usd: cost.plus(discounts) }));
}

function notABill(source: string, error: z.ZodError): DojangError {
  const faults = error.issues.slice(0, 3).map(({ path, message }) => `\n    ${path.join('.')}  ${message}`);
  return new DojangError('not-a-bill', `${source} answered something that is not a bill${faults.join('')}`, {
    why: 'A bill that is half understood would be taken for the whole.',
    next: 'run again with --verbose, and report the answer if it stays',
  });
}
