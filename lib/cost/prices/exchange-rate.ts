/** Won for a dollar, as `prices/exchange.json` has it: a rate of a day, taken by hand. */
import * as z from 'zod';
import type { Big } from '../../values/decimal.ts';
import { krwText } from '../../values/money.ts';
import type { ExchangeRate } from './price.ts';
import { PriceBookError } from './price-book.ts';
import { type BookFile, decimal, faultsOf, parseJson, provenance, version } from './price-book-schema.ts';

const exchangeFile = z.strictObject({
  version,
  krwPerUsd: decimal.refine((rate) => rate.gt('0'), { error: 'won for a dollar must be more than 0' }),
  ...provenance,
});

/** @throws PriceBookError when the file is damaged. */
export function parseExchangeRate({ name, text }: BookFile): ExchangeRate {
  const json = parseJson(name, text);
  if ('fault' in json) throw new PriceBookError([json.fault]);
  const parsed = exchangeFile.safeParse(json.value);
  if (!parsed.success) throw new PriceBookError(faultsOf(name, parsed.error));
  const { version: _, ...rate } = parsed.data;
  return rate;
}

/** `KRW 43,700`, or `KRW 43,700?` when the rate is not certain; `-` where the amount is unknown. */
export function wonText(usd: Big | undefined, rate: ExchangeRate): string {
  return usd === undefined ? krwText(usd, rate.krwPerUsd) : `${krwText(usd, rate.krwPerUsd)}${isCertain(rate) ? '' : '?'}`;
}

/**
 * `1 USD = 1359.15 KRW (2026-09-15)`; one that is not certain has a `?` and says why: `KRW?
 * (2026-09-15; sample data, may be invented)`.
 */
export function rateText(rate: ExchangeRate): string {
  const doubt = doubtOfRate(rate);
  return `1 USD = ${rate.krwPerUsd.toFixed()} KRW${doubt === undefined ? '' : '?'} (${[rate.asOf, doubt].filter(Boolean).join('; ')})`;
}

/** The first clause of the note of a rate that is not certain; undefined for one that is. */
export function doubtOfRate(rate: ExchangeRate): string | undefined {
  if (isCertain(rate)) return undefined;
  const [first] = (rate.note ?? '').split('; ');
  return first || `a rate of ${rate.confidence} confidence`;
}

/** A rate without a confidence was given by hand. */
function isCertain({ confidence }: ExchangeRate): boolean {
  return confidence === undefined || confidence === 'high';
}
