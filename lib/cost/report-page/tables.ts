/** The tables of the page: on a phone each row becomes a card. */

import { usdChangeText, usdText } from '../../values/money.ts';
import type { CostDifference, CostLine, CostReport, LineChange } from '../estimate/report.ts';
import { sourceText as priceSource } from '../prices/price.ts';
import { providerName } from '../render/format.ts';
import type { Runway } from '../runway/runway.ts';
import { type Html, html } from './html.ts';

interface Cell {
  readonly text: Html | string;
  /** `number`, or `head` for what names the row. */
  readonly as?: string;
}

function table(headings: readonly string[], rows: readonly (readonly Cell[])[]): Html {
  const numeric = (index: number) => rows[0]?.[index]?.as?.includes('number');
  return html`<table class="cards"><thead><tr>${headings.map((heading, index) => html`<th class="${numeric(index) ? 'number' : ''}">${heading}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${row.map(({ text, as = '' }, index) => html`<td class="${as}" data-label="${headings[index]}">${text}</td>`)}</tr>`)}</tbody></table>`;
}

export function lineTable({ resources }: CostReport): Html {
  const rows = resources.flatMap(({ resource, lines }) =>
    lines.map((line) => [
      { text: `${providerName[resource.provider]} ${resource.id}: ${line.name}`, as: 'head' },
      { text: quantityText(line), as: 'number' },
      { text: priceText(line), as: 'number' },
      { text: usdText(line.amount), as: 'number' },
      { text: sourceText(line) },
    ]),
  );
  return table(['Line', 'Quantity', 'Price', 'USD a month', 'Price of, from'], rows);
}

function quantityText({ quantity, unit }: CostLine): string {
  return quantity ? `${quantity.round(4).toFixed()} ${unit}` : '-';
}

function priceText({ found, share }: CostLine): string {
  const [first, ...more] = found?.tiers ?? [];
  if (!first) return '-';
  return `${first.usd.toFixed()}${more.length > 0 ? ' and lower' : ''}${share ? ` × ${share.toFixed()}` : ''}`;
}

function sourceText({ found, reason, amount }: CostLine): string {
  if (!amount && reason) return reason;
  if (!found) return '';
  return `${priceSource(found)}; ${found.confidence} confidence`;
}

export function changeTable({ lines }: CostDifference): Html {
  return table(
    ['Line', 'Now', 'Then', 'Change'],
    lines.map((line) => [
      { text: `${providerName[line.resource.provider]} ${line.resource.id}: ${line.name}`, as: 'head' },
      { text: line.before ? usdText(line.before.amount) : '0.00', as: 'number' },
      { text: line.after ? usdText(line.after.amount) : '0.00', as: 'number' },
      { text: line.change ? usdChangeText(line.change) : '-', as: `number ${direction(line)}` },
    ]),
  );
}

function direction({ change }: LineChange): string {
  if (!change || change.round(2).eq('0')) return '';
  return change.gt('0') ? 'more' : 'less';
}

export function runwayTable(runways: readonly Runway[]): Html {
  return table(
    ['Credit', 'USD', 'a week', 'Empty on', `Beyond it in ${runways[0]?.horizon.weeks ?? 0} weeks`, 'Then'],
    runways.map(({ provider, credit, weekly, empty, lost, horizon, afterwards }) => [
      { text: providerName[provider], as: 'head' },
      { text: usdText(credit), as: 'number' },
      { text: usdText(weekly), as: 'number' },
      { text: empty ?? 'never: nothing is spent', as: 'number' },
      { text: usdText(horizon.owed), as: 'number' },
      { text: `${lost.gt('0') ? `${usdText(lost)} USD of it expire unused; ` : ''}${empty ? afterwards : ''}` },
    ]),
  );
}
