/** The figures as they are today: of the committed plan of prod at the committed prices. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { estimateCost } from '../../../../lib/cost/estimate/estimate.ts';
import { serviceUsage } from '../../../../lib/cost/estimate/traffic.ts';
import { billedOf } from '../../../../lib/cost/sources/inventory.ts';
import { parseInventory } from '../../../../lib/inventory/parse.ts';
import { readExchangeRate, readPriceBook } from '../../../io/prices/book-folder.ts';
import { root } from '../../../io/state.ts';
import { sourceFiguresMarkdown } from './markdown.ts';
import { creditsSince, sourceFigures } from './source-figures.ts';

export function currentSourceFigures(): string {
  const plan = 'plans/prod.json';
  const [book, rate] = [readPriceBook(), readExchangeRate()];
  // The day of the newest price: the document is the same on every day that it is written on.
  const report = estimateCost(
    billedOf(parseInventory(readFileSync(join(root, plan), 'utf8'), plan)),
    book,
    serviceUsage(),
    book.asOf,
    rate,
  );
  return sourceFiguresMarkdown(sourceFigures(report, book, rate), creditsSince);
}
