/**
 * Every figure of the five source documents, derived again from what they say, and the true bill
 * beside them.
 */
import type { CostReport } from '../../../../lib/cost/estimate/report.ts';
import type { ExchangeRate, PriceBook } from '../../../../lib/cost/prices/price.ts';
import { spendingOf } from '../../../../lib/cost/runway/spending.ts';
import { type Bill, billOf } from './bill.ts';
import { gpuChoice, hundredAtOnce } from './gpu.ts';
import { type Load, loads } from './loads.ts';
import { credits, machines } from './machines.ts';
import { options } from './options.ts';
import { scalability } from './scalability.ts';
import { scaling } from './scaling.ts';
import type { Section } from './section.ts';
import { sizing } from './sizing.ts';
import { type Vendor, vendors } from './vendors.ts';

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
