/** The folded part of a comment: every component with its price, where the price comes from and how old it is. */
import { usdText } from '../../values/money.ts';
import type { Price } from '../price.ts';
import type { CostLine, CostReport, ResourceCost } from '../report.ts';
import { code, folded, plain, table } from './markdown.ts';
import { amountOfUnit, count, providerName, quantity, unitWord } from './words.ts';

/** As many components as fit into `room` characters, in the order of the report. */
export function details(report: CostReport, environment: string, room: number): string[] {
  const lines = report.resources.flatMap((cost) => cost.lines.map((line) => ({ cost, line })));
  if (lines.length === 0) return [];
  const rows = lines.map(({ cost, line }) => rowOf(cost, line));
  const fitting = howManyFit(rows, room);
  const free = report.resources.filter(({ known }) => known.as === 'free').length;
  return folded(`Every component after the change: ${count(lines.length, 'line')}, price, source and date`, [
    table([head, ...rows.slice(0, fitting)], 2, true),
    ...(fitting < rows.length ? ['', `and ${rows.length - fitting} more: ${code(`dojang cost --env ${environment}`)} lists them`] : []),
    ...(free > 0 ? ['', `Left out: ${count(free, 'resource')} of types that cost nothing by themselves.`] : []),
  ]);
}

function howManyFit(rows: readonly (readonly string[])[], room: number): number {
  let taken = 0;
  const over = rows.findIndex((row) => {
    taken += row.join(' | ').length + ' |  |\n'.length;
    return taken > room;
  });
  return over === -1 ? rows.length : over;
}

const head = ['cloud', 'component', 'price', 'source', 'quantity', 'USD a month'];

function rowOf({ resource }: ResourceCost, line: CostLine): string[] {
  return [
    providerName[resource.provider],
    `${code(resource.id)} ${plain(line.name)}`,
    line.found ? priceText(line, line.found) : '-',
    line.found ? sourceText(line.found) : plain(line.because ?? 'not known'),
    `${line.quantity ? amountOfUnit(line.quantity, line.unit) : '-'}${line.basis === 'fixed' ? '' : ' (usage)'}`,
    line.amount ? usdText(line.amount) : '-',
  ];
}

function priceText({ unit, share }: CostLine, { tiers, item, free }: Price): string {
  const [first, ...further] = tiers;
  const text = `${first?.usd.toFixed() ?? '-'} / ${unitWord[unit]}`;
  return `${plain(item)}: ${text}${further.length > 0 ? `, in ${tiers.length} tiers` : ''}${free ? `, first ${quantity(free)} free` : ''}${share ? ` x ${share.toFixed()}` : ''}`;
}

function sourceText({ source, asOf, confidence }: Price): string {
  return `${plain(source)}, ${asOf}${confidence === 'high' ? '' : `, ${confidence} confidence`}`;
}
