/** `dojang cost compare`: the figures of the source documents, derived again from their own inputs and from the price book. */
import { billLines } from '../lib/cost/compare/bill-lines.ts';
import { comparison } from '../lib/cost/compare/comparison.ts';
import { comparisonData } from '../lib/cost/compare/data.ts';
import { type LineOptions, legend, loadLines, sectionLines, vendorLines } from '../lib/cost/compare/lines.ts';
import type { Outcome } from './context.ts';
import type { BilledEnvironment } from './cost-environment.ts';

export function costCompare({ environment, book, rate, report }: BilledEnvironment, options: LineOptions): Outcome {
  const compared = comparison(report, book, rate);
  const lines = [
    ...legend,
    '',
    ...compared.sections.flatMap((section) => sectionLines(section, options)),
    ...loadLines(compared.loads),
    ...vendorLines(compared.vendors),
    ...billLines(environment.name, compared.bill, report),
  ];
  return { data: { environment: environment.name, ...comparisonData(compared) }, lines };
}
