/**
 * Every figure of the five source documents, derived again from what they say, and the true bill
 * beside them.
 */
import type { CostReport } from '../../../../lib/cost/estimate/report.ts';
import type { ExchangeRate, PriceBook } from '../../../../lib/cost/prices/price.ts';
import { spendingOf } from '../../../../lib/cost/runway/spending.ts';
import type { Section } from './figures/section.ts';
import { scalability } from './growth/scalability.ts';
import { scaling } from './growth/scaling.ts';
import { type Bill, billOf } from './manual-deploy/bill.ts';
import { credits, machines } from './manual-deploy/machines.ts';
import { sizing } from './manual-deploy/sizing.ts';
import { type Vendor, vendors } from './manual-deploy/vendors.ts';
import { gpuChoice, hundredAtOnce } from './options/gpu.ts';
import { type Load, loads } from './options/loads.ts';
import { options } from './options/options.ts';

/** The day from which the credits of the project are spent, as `dojang.config.ts` has it. */
export const creditsSince = '2026-11-23';

export interface SourceFigures {
  readonly sections: readonly Section[];
  readonly loads: readonly Load[];
  readonly vendors: readonly Vendor[];
  readonly bill: Bill;
}

export function sourceFigures(report: CostReport, book: PriceBook, rate: ExchangeRate): SourceFigures {
  const input = { book, rate, spending: spendingOf(report), since: creditsSince };
  const sections = [
    machines(input),
    credits(input),
    sizing(),
    ...options(input),
    gpuChoice(input),
    hundredAtOnce(input),
    ...scalability(input),
    ...scaling(input),
  ];
  return { sections, loads: loads(input), vendors: vendors(input), bill: billOf(report) };
}
