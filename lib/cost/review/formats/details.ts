/**
 * The folded part of a comment: every component with its price, where the price comes from and how
 * old it is.
 */
import { counted } from '../../../values/counted.ts';
import { usdText } from '../../../values/money.ts';
import type { CostLine, CostReport, ResourceCost } from '../../estimate/report.ts';
import { type Price, sourceText } from '../../prices/price.ts';
import { providerName } from '../../render/format.ts';
import type { TextLimit } from './fit.ts';
import { amountOfUnit, quantity, unitWord } from './format.ts';
import { folded, nameCode, plainName, plainSentence, table } from './markdown.ts';

/** As many components as fit, in the order of the report. */
export function details(report: CostReport, environment: string, room: TextLimit): string[] {
  const lines = report.resources.flatMap((cost) => cost.lines.map((line) => ({ cost, line })));
  if (lines.length === 0) return [];
  const rows = fittingRows(lines, room);
  const free = report.resources.filter(({ known }) => known.as === 'free').length;
  return folded(`Every component after the change: ${counted(lines.length, 'line')}, price, source and date`, [
    table([head, ...rows], 2, { dense: true }),
    ...(rows.length < lines.length
      ? ['', `and ${lines.length - rows.length} more: ${nameCode(`dojang cost --env ${environment}`)} lists them`]
      : []),
    ...(free > 0 ? ['', `Left out: ${counted(free, 'resource')} of types that cost nothing by themselves.`] : []),
  ]);
}

interface Component {
  readonly cost: ResourceCost;
  readonly line: CostLine;
}

/** Only what is shown is written: a plan may have a hundred thousand lines. */
function fittingRows(lines: readonly Component[], { most: room, sizeOf }: TextLimit): string[][] {
  const rows: string[][] = [];
  let taken = 0;
  for (const { cost, line } of lines) {
    const row = rowOf(cost, line);
    taken += sizeOf(row.join(' | ')) + ' |  |\n'.length;
    if (taken > room) break;
    rows.push(row);
  }
  return rows;
}

const head = ['cloud', 'component', 'price', 'source', 'quantity', 'USD a month'];

function rowOf({ resource }: ResourceCost, line: CostLine): string[] {
  return [
    providerName[resource.provider],
    `${nameCode(resource.id)} ${plainName(line.name)}`,
    line.found ? priceText(line, line.found) : '-',
    line.found ? sourceOf(line.found) : plainSentence(line.reason ?? 'not known'),
    `${line.quantity ? amountOfUnit(line.quantity, line.unit) : '-'}${line.basis === 'fixed' ? '' : ' (usage)'}`,
    line.amount ? usdText(line.amount) : '-',
  ];
}

function priceText({ unit, share }: CostLine, { tiers, item, free }: Price): string {
  const [first, ...further] = tiers;
  const text = `${first?.usd.toFixed() ?? '-'} / ${unitWord[unit]}`;
  return `${plainName(item)}: ${text}${further.length > 0 ? `, in ${tiers.length} tiers` : ''}${free ? `, first ${quantity(free)} free` : ''}${share ? ` x ${share.toFixed()}` : ''}`;
}

function sourceOf(price: Price): string {
  const { confidence } = price;
  return `${plainSentence(sourceText(price))}${confidence === 'high' ? '' : `, ${confidence} confidence`}`;
}
