/** The figures as they are today: of the committed plan of prod at the committed prices. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { estimateCost } from '../../../../lib/cost/estimate/estimate.ts';
import { billedOf } from '../../../../lib/cost/sources/inventory.ts';
import { parseInventory } from '../../../../lib/inventory/parse.ts';
import { root } from '../../../io/state.ts';
import { estimateInputs } from '../../../runtime/cost/inputs.ts';
import { sourceFiguresMarkdown } from './markdown.ts';
import { creditsSince, sourceFigures } from './source-figures.ts';

export function currentSourceFigures(): string {
  const plan = 'plans/prod.json';
  const { book, rate, usage } = estimateInputs();
  // The day of the newest price: the document is the same on every day that it is written on.
  const report = estimateCost(billedOf(parseInventory(readFileSync(join(root, plan), 'utf8'), plan)), book, usage, book.asOf, rate);
  return sourceFiguresMarkdown(sourceFigures(report, book, rate), creditsSince);
}
