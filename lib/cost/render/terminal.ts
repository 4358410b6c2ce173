/** A report as lines of a terminal, 80 columns. */

import { counted } from '../../values/counted.ts';
import type { Big } from '../../values/decimal.ts';
import { usdText } from '../../values/money.ts';
import type { CostLine, CostReport, ResourceCost } from '../estimate/report.ts';
import { rateText, wonText } from '../prices/exchange-rate.ts';
import { doubtOf, freeByReason, knownAmount, knownTotal, unknownByReason, workingOf } from './format.ts';
import { hanging, wrapped } from './wrap.ts';

const width = 80;
const amountWidth = 12;

/**
 * Resources that cost something, provider by provider; then what has no amount, and what is free
 * and why.
 */
export function reportLines(report: CostReport): string[] {
  const billed = report.resources.filter(({ lines }) => lines.length > 0);
  const byProvider = Map.groupBy(billed, ({ resource }) => resource.provider);
  return [
    ...[...byProvider].flatMap(([provider, costs]) => providerLines(provider, costs)),
    ...totalLines(report),
    ...unknownLines(report),
    ...freeLines(report),
  ];
}

function providerLines(provider: string, costs: readonly ResourceCost[]): string[] {
  const stacks = Map.groupBy(costs, ({ resource }) => resource.stack);
  return [...stacks].flatMap(([stack, members]) => [`  ${provider}  ${stack}`, ...members.flatMap(resourceLines), '']);
}

function resourceLines(cost: ResourceCost): string[] {
  const { resource, lines } = cost;
  return [row(`    ${resource.id}  ${resource.type}`, usdText(knownAmount(cost).amount)), ...lines.map(lineRow)];
}

/** A line whose price is not certain has a `?` behind its amount. */
function lineRow(line: CostLine): string {
  const name = shortened(line.name, 26).padEnd(26);
  return row(`      ${name} ${workingOf(line)}`, usdText(line.amount), doubtOf(line) && line.amount ? '?' : '');
}

/** Text on the left, an amount on the right; a text that is too long is cut. */
function row(text: string, amount: string, mark = ''): string {
  const room = width - amountWidth - 2;
  return `${shortened(text, room).padEnd(room)}${amount.padStart(amountWidth)}${mark ? ` ${mark}` : ''}`.trimEnd();
}

function shortened(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
}

function totalLines(report: CostReport): string[] {
  const { byProvider, rate } = report;
  const { atLeast, total } = knownTotal(report);
  const row = (name: string, amount: Big | undefined) => {
    const won = rate ? wonText(amount, rate).padStart(20) : '';
    return `  ${name.padEnd(16)}${`USD ${usdText(amount)}`.padStart(16)}${won}`;
  };
  const rows = [...byProvider].filter(([, amount]) => !amount.eq('0')).map(([provider, amount]) => row(provider, amount));
  const at = rate ? wrapped(`${rateText(rate)}, ${rate.source}`, 2) : [];
  return [...rows, row(`a month${atLeast ? ' at least' : ''}`, total), ...at];
}

function unknownLines(report: CostReport): string[] {
  const { unknown, resources } = report;
  const doubtful = resources.flatMap(({ lines }) => lines.filter((line) => line.amount && doubtOf(line))).length;
  const doubts = doubtful > 0 ? ['', `  ? ${counted(doubtful, 'line')} with a price that is not certain (dojang prices check)`] : [];
  if (unknown.length === 0) return doubts;
  const each = unknownByReason(report).flatMap((text) => wrapped(text, 4));
  return [...doubts, '', `  - ${counted(unknown.length, 'line')} without an amount: the total lacks them`, ...each];
}

function freeLines(report: CostReport): string[] {
  const groups = freeByReason(report);
  if (groups.length === 0) return [];
  const count = groups.reduce((total, [, members]) => total + members.length, 0);
  const each = groups.flatMap(([reason, members]) => hanging(`    ${String(members.length).padStart(3)}`, reason, 9));
  return ['', `  0 ${counted(count, 'resource')} free of charge`, ...each];
}
