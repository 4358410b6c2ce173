/** The true bill as a person reads it. */
import { usdText } from '../../values/money.ts';
import type { Price } from '../price.ts';
import { workingOf } from '../render/words.ts';
import type { CostReport } from '../report.ts';
import { hanging, wrapped } from '../wrap.ts';
import type { Bill, BillLine } from './bill.ts';

/** Every line with a number for its price's source; the sources follow once each. */
export function billLines(name: string, bill: Bill, { unknown }: CostReport): string[] {
  const sources = sourcesOf(bill.lines);
  const numbers = new Map(sources.map(({ text }, index) => [text, index + 1]));
  return [
    `the true bill of ${name} in its own regions`,
    `  ${'USD a month'.padEnd(50)}${'stated'.padStart(10)}${'true'.padStart(12)}  from`,
    ...bill.lines.flatMap((line) => billLine(line, numbers)),
    `  ${'sum'.padEnd(50)}${usdText(bill.stated).padStart(10)}${usdText(bill.total).padStart(12)}`,
    ...hanging('  =>', `the document left out ${usdText(bill.leftOut)} USD of lines and ${usdText(bill.discounts)} of discounts`, 5),
    ...(unknown.length > 0 ? hanging('  =>', `${unknown.length} lines have no amount and are in no sum`, 5) : []),
    '',
    'where the prices are from',
    ...sources.flatMap(({ price }, index) => hanging(`  [${index + 1}]`, `${price.asOf}, ${price.confidence}: ${price.source}`, 7)),
    '',
  ];
}

function billLine({ provider, resource, line, stated }: BillLine, numbers: ReadonlyMap<string, number>): string[] {
  const { name, amount, found, because } = line;
  const label = `${provider} ${resource} ${name}`.slice(0, 49);
  const number = found ? `[${numbers.get(sourceOf(found))}]` : '';
  const counted = stated ? usdText(stated) : '';
  const line1 = `  ${label.padEnd(50)}${counted.padStart(10)}${usdText(amount).padStart(12)}  ${number}`.trimEnd();
  return [line1, ...wrapped(amount ? workingOf(line) : (because ?? 'is not known'), 6)];
}

const sourceOf = ({ source, asOf, confidence }: Price) => `${source} ${asOf} ${confidence}`;

function sourcesOf(lines: readonly BillLine[]): { text: string; price: Price }[] {
  const prices = lines.flatMap(({ line }) => (line.found ? [[sourceOf(line.found), line.found] as const] : []));
  return [...new Map(prices)].map(([text, price]) => ({ text, price }));
}
