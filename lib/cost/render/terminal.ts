/** A report as lines of a terminal, 80 columns. */

import { type Row, tableLines, tableRows } from '../../text/table.ts';
import { wrapped, wrapText } from '../../text/wrap.ts';
import { counted } from '../../values/counted.ts';
import type { Big } from '../../values/decimal.ts';
import { usdText } from '../../values/money.ts';
import type { CostLine, CostReport, ResourceCost } from '../estimate/report.ts';
import { rateText, wonText } from '../prices/exchange-rate.ts';
import { doubtOf, freeByReason, knownAmount, knownTotal, unknownByReason, workingOf } from './format.ts';

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
  return [...stacks].flatMap(([stack, members]) => [`  ${provider}  ${stack}`, ...resourceLines(members), '']);
}

/** A line of a resource: what it is, and how its amount comes about. */
const workingColumns = [{ gap: 6, width: 26 }, { gap: 1 }];
/** Text on the left, an amount on the right, and a mark behind it: as wide as a terminal. */
const columns = [{ gap: 0, width: 66 }, { align: 'right', gap: 0, min: 12 }, { gap: 1 }] as const;

/** A line whose price is not certain has a `?` behind its amount. */
function resourceLines(costs: readonly ResourceCost[]): string[] {
  const texts = costs.flatMap(({ resource, lines }): Row[] => [
    `    ${resource.id}  ${resource.type}`,
    ...lines.map((line) => [line.name, workingOf(line)]),
  ]);
  const amounts = costs.flatMap((cost) => [[usdText(knownAmount(cost).amount)], ...cost.lines.map(amountCells)]);
  return tableLines(
    columns,
    tableRows(workingColumns, texts).map((text, index) => [text, ...(amounts[index] ?? [])]),
  );
}

function amountCells(line: CostLine): string[] {
  return [usdText(line.amount), doubtOf(line) && line.amount ? '?' : ''];
}

function totalLines(report: CostReport): string[] {
  const { byProvider, rate } = report;
  const { atLeast, total } = knownTotal(report);
  const row = (name: string, amount: Big | undefined) => [name, `USD ${usdText(amount)}`, rate ? wonText(amount, rate) : ''];
  const rows = [...byProvider].filter(([, amount]) => !amount.eq('0')).map(([provider, amount]) => row(provider, amount));
  const at = rate ? wrapped(`${rateText(rate)}, ${rate.source}`, 2) : [];
  return [...tableLines(totalColumns, [...rows, row(`a month${atLeast ? ' at least' : ''}`, total)]), ...at];
}

const totalColumns = [{ min: 16 }, { align: 'right', min: 14 }, { align: 'right', min: 18 }] as const;

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
  const each = tableLines(
    [{ align: 'right', gap: 4, min: 3 }, {}],
    groups.map(([reason, members]) => [String(members.length), wrapText(reason, 71).join('\n')]),
  );
  return ['', `  0 ${counted(count, 'resource')} free of charge`, ...each];
}
