/**
 * What a change does to the price book: where a bill differs by prices, nothing that is planned
 * differs.
 */
import { counted } from '../../../values/counted.ts';
import { amountText } from '../../../values/money.ts';
import { doubtOfRate } from '../../prices/exchange-rate.ts';
import type { ExchangeRate, Price, PriceBook } from '../../prices/price.ts';
import { keyText } from '../../prices/price-book.ts';
import type { BookFile } from '../../prices/price-book-schema.ts';
import { sameAmounts } from '../../prices/refresh/price-change.ts';
import { unitWord } from '../formats/format.ts';
import { firstOf, nameCode, plainName } from '../formats/markdown.ts';

/** The committed prices of one revision. */
export interface Prices {
  /** As they are committed, to see which differ. */
  readonly files: readonly BookFile[];
  /** Undefined when they can't be read by this dojang. */
  readonly book: PriceBook | undefined;
  readonly rate: ExchangeRate | undefined;
}

interface PriceStep {
  /** Undefined for a price that is new. */
  readonly before: Price | undefined;
  /** Undefined for a price that is gone. */
  readonly after: Price | undefined;
}

export interface PriceNews {
  /** Files of `prices/` that differ. */
  readonly files: readonly string[];
  /** Prices whose amounts differ. */
  readonly steps: readonly PriceStep[];
  /** Whether the earlier prices could be read. */
  readonly readable: boolean;
  /** Won for a dollar before and after, when that differs. */
  readonly rate: { readonly before: ExchangeRate; readonly after: ExchangeRate } | undefined;
}

/** Undefined when the prices are the same, byte for byte. */
export function priceNews(before: Prices, after: Prices): PriceNews | undefined {
  const files = differing(before.files, after.files);
  if (files.length === 0) return undefined;
  return { files, steps: stepsOf(before.book, after.book), readable: before.book !== undefined, rate: rateOf(before, after) };
}

function differing(before: readonly BookFile[], after: readonly BookFile[]): string[] {
  const [old, now] = [before, after].map((files) => new Map(files.map(({ name, text }) => [name, text])));
  return [...new Set([...before, ...after].map(({ name }) => name))].filter((name) => old?.get(name) !== now?.get(name)).toSorted();
}

function stepsOf(before: PriceBook | undefined, after: PriceBook | undefined): PriceStep[] {
  if (!before || !after) return [];
  const changed = after.prices.flatMap((price) => {
    const old = before.find(price);
    return old && sameAmounts(old, price) ? [] : { before: old, after: price };
  });
  return [...changed, ...before.prices.flatMap((price) => (after.find(price) ? [] : { before: price, after: undefined }))];
}

function rateOf({ rate: before }: Prices, { rate: after }: Prices): PriceNews['rate'] {
  return before && after && !before.krwPerUsd.eq(after.krwPerUsd) ? { before, after } : undefined;
}

const shownFiles = 5;
const shownSteps = 10;

/** One paragraph, and a list of the first prices. */
export function priceNewsLines(news: PriceNews | undefined): string[] {
  if (!news) return [];
  const { files, steps, readable, rate } = news;
  const { shown, more } = firstOf(files, shownFiles);
  const named = `${shown.map((file) => nameCode(`prices/${file}`)).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  const what = readable ? `${counted(steps.length, 'price')} with another amount` : 'the prices of before cannot be read by this dojang';
  const won = rate
    ? `; 1 USD = ${rate.before.krwPerUsd.toFixed()} → ${rate.after.krwPerUsd.toFixed()} KRW${doubtOfRate(rate.after) === undefined ? '' : '?'}`
    : '';
  const listed = firstOf(steps, shownSteps);
  return [
    `ℹ️ **This change renews prices** (${named}): ${what}${won}. The tables take the new ones on both sides.`,
    ...(listed.shown.length > 0 ? ['', ...listed.shown.map(stepLine)] : []),
    ...(listed.more > 0 ? [`- and ${listed.more} more`] : []),
  ];
}

function stepLine({ before, after }: PriceStep): string {
  const price = after ?? before;
  const name = price ? plainName(keyText(price)) : '';
  return `- ${name}: ${before ? priceText(before) : 'new'} → ${after ? priceText(after) : 'gone'}`;
}

function priceText({ tiers, unit }: Price): string {
  return `${amountText(tiers[0]?.usd)} / ${unitWord[unit]}${tiers.length > 1 ? `, in ${tiers.length} tiers` : ''}`;
}
