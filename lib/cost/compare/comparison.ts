/** Every figure of the source documents about machines, GPUs and shapes, derived again, and the true bill beside them. */
import type { ExchangeRate, PriceBook } from '../price.ts';
import type { CostReport } from '../report.ts';
import { type Bill, billOf } from './bill.ts';
import { gpuChoice, hundredAtOnce } from './gpu.ts';
import { type Load, loads } from './loads.ts';
import { credits, machines } from './machines.ts';
import { options } from './options.ts';
import type { Section } from './section.ts';
import { type Vendor, vendors } from './vendors.ts';

export interface Comparison {
  readonly sections: readonly Section[];
  readonly loads: readonly Load[];
  readonly vendors: readonly Vendor[];
  readonly bill: Bill;
}

export function comparison(report: CostReport, book: PriceBook, rate: ExchangeRate): Comparison {
  const input = { book, rate, bill: report.byProvider };
  const sections = [machines(input), credits(input), ...options(input), gpuChoice(input), hundredAtOnce(input)];
  return { sections, loads: loads(input), vendors: vendors(input), bill: billOf(report) };
}
