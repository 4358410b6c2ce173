/**
 * What a refresh and a look at the book say at a terminal: prices under a heading of provider,
 * service and region.
 */
import { type Row as TableRow, tableLines } from '../../../text/table.ts';
import { wrapped } from '../../../text/wrap.ts';
import { counted } from '../../../values/counted.ts';
import { amountText, percentText } from '../../../values/money.ts';
import type { PriceKey } from '../../component.ts';
import type { PriceChange } from './price-change.ts';
import { scopeText } from './published-price.ts';
import type { Refresh } from './refresh.ts';
import type { StalePrice } from './stale-prices.ts';

interface Row {
  readonly key: PriceKey;
  readonly text: string;
}

export function refreshLines(
  { changes, confirmed, refused, missing, skipped }: Refresh,
  { written }: { readonly written: boolean },
): string[] {
  return [
    `${counted(changes.length, 'price')} changed, ${confirmed.length} confirmed, ${refused.length} not usable, ${missing.length} not in the lists`,
    ...changeLines(changes),
    ...underHeadings(refused.map(({ key, sku, reason }) => ({ key, text: `left as it was: ${reason} (${sku})` }))),
    ...missingLines(missing),
    ...skippedLines('in the lists, and the book has no name for them', skipped.unnamed),
    ...skippedLines('in the lists, and not in the book (--add takes one)', skipped.unwanted),
    written ? 'written to prices/; review the difference and commit it' : 'nothing was written',
  ];
}

/** The prices that change, and why a confirmation is asked for. */
export function changeLines(changes: readonly PriceChange[]): string[] {
  return underHeadings(changes.map((change) => ({ key: change.after, text: changeText(change) })));
}

export function stalePriceLines(weak: readonly StalePrice[]): string[] {
  return underHeadings(weak.map(({ price, reasons }) => ({ key: price, text: reasons.join(', ') })));
}

function changeText({ before, after, percent, asks }: PriceChange): string {
  const was = before ? amountText(before.tiers[0]?.usd) : 'new';
  const step = `${was} -> ${amountText(after.tiers[0]?.usd)} ${after.unit}`;
  return [step, ...(percent ? [percentText(percent)] : []), ...(asks ? [`asks: ${asks}`] : [])].join('  ');
}

function missingLines(missing: readonly PriceKey[]): string[] {
  const byScope = Map.groupBy(missing, scopeText);
  return [...byScope].flatMap(([scope, prices]) => {
    const items = prices.map(({ item }) => item).join('; ');
    return [`  ${scope}`, ...wrapped(`not in the lists, left as they were: ${items}`, 4)];
  });
}

const mostKinds = 8;

/** Products by their kind, the most frequent first. */
function skippedLines(what: string, counts: ReadonlyMap<string, number>): string[] {
  const kinds = [...counts].toSorted(([, one], [, other]) => other - one);
  if (kinds.length === 0) return [];
  const named = kinds.slice(0, mostKinds).map(([kind, count]) => `${kind} ${count}`);
  const more = kinds.length > mostKinds ? [`and ${kinds.length - mostKinds} more kinds`] : [];
  return wrapped(`${what}: ${[...named, ...more].join(', ')}`, 2);
}

const itemWidth = 40;
const columns = [{ gap: 4, min: itemWidth }, { gap: 1 }];

function underHeadings(rows: readonly Row[]): string[] {
  const byScope = Map.groupBy(rows, ({ key }) => scopeText(key));
  return tableLines(
    columns,
    [...byScope].flatMap(([scope, ofScope]) => [`  ${scope}`, ...ofScope.flatMap(rowLines)]),
  );
}

/** On one line where it fits in a terminal. */
function rowLines({ key: { item }, text }: Row): TableRow[] {
  const fits = item.length <= itemWidth && text.length <= 80 - itemWidth - 5;
  return fits ? [[item, text]] : [`    ${item}`, ...wrapped(text, 8)];
}
