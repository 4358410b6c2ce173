/**
 * A report as Markdown: totals, every line with its price and source, what is unknown and what is
 * free.
 */

import { markdownTable } from 'markdown-table';
import { counted } from '../../values/counted.ts';
import { usdText } from '../../values/money.ts';
import type { CostLine, CostReport, ResourceCost } from '../estimate/report.ts';
import { rateText, wonText } from '../prices/exchange-rate.ts';
import { sourceText } from '../prices/price.ts';
import { freeByReason, knownTotal, unknownByReason, workingOf } from './format.ts';

/** What to know about a report beside it: a sentence, and what it is about. */
interface Note {
  readonly text: string;
  readonly items: readonly string[];
}

export function reportMarkdown(report: CostReport, notes: readonly Note[] = []): string {
  const sections = [totals(report), details(report), unknown(report), ...notes.map(noted), free(report)];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function totals(report: CostReport): string {
  const { byProvider, rate } = report;
  const { atLeast, total } = knownTotal(report);
  const won = rate ? ` (${wonText(total, rate)})` : '';
  const rows = [...byProvider].filter(([, amount]) => !amount.eq('0')).map(([provider, amount]) => [provider, usdText(amount)]);
  return `### ${atLeast ? 'At least ' : ''}${usdText(total)} USD a month${won}\n\n${table(['', 'USD'], rows, ['l', 'r'])}${rate ? `\n\n${rateText(rate)}` : ''}`;
}

function details({ resources }: CostReport): string {
  const rows = resources.flatMap((cost) => cost.lines.map((line) => detail(cost, line)));
  if (rows.length === 0) return '';
  return table(['resource', 'line', 'quantity and price', 'USD', 'source'], rows, ['l', 'l', 'l', 'r', 'l']);
}

function detail({ resource }: ResourceCost, line: CostLine): string[] {
  const { found } = line;
  const source = found ? `${sourceText(found)}; ${found.confidence} confidence` : (line.reason ?? '');
  return [`${resource.stack}/${resource.id}`, line.name, workingOf(line), usdText(line.amount), source];
}

function unknown(report: CostReport): string {
  if (report.unknown.length === 0) return '';
  const each = unknownByReason(report).map((text) => `- ${escaped(text)}`);
  return `**${counted(report.unknown.length, 'line')} could not be priced**\n\n${each.join('\n')}`;
}

function noted({ text, items }: Note): string {
  return [`${escaped(text)}${items.length > 0 ? ':\n' : ''}`, ...items.map((item) => `- ${escaped(item)}`)].join('\n');
}

function free(report: CostReport): string {
  const groups = freeByReason(report);
  if (groups.length === 0) return '';
  const each = groups.map(([reason, members]) => `- ${members.length}: ${escaped(reason)}`);
  return `<details><summary>Free of charge</summary>\n\n${each.join('\n')}\n\n</details>`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[], align: readonly string[]): string {
  return markdownTable([head, ...rows.map((row) => row.map(escaped))], { align, alignDelimiters: false, padding: true });
}

/**
 * Text of a plan as text: a name with a bar or an angle bracket breaks no table and opens no tag.
 */
function escaped(text: string): string {
  return text.replaceAll(/[\\|<>*_`[\]]/g, (character) => `\\${character}`).replaceAll('\n', ' ');
}
