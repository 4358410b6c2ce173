/** Won for a dollar, as `prices/exchange.json` has it: a rate of a day, taken by hand. */
import * as z from 'zod';
import type { Big } from '../values/decimal.ts';
import { krwText } from '../values/money.ts';
import { PriceBookError } from './book.ts';
import { type BookFile, decimal, faultsOf, parseJson, provenance, version } from './book-file.ts';
import type { ExchangeRate } from './price.ts';

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

/** `1 USD = 1359.15 KRW (2026-09-15)`, with a `?` when the rate is not certain. */
export function rateText(rate: ExchangeRate): string {
  return `1 USD = ${rate.krwPerUsd.toFixed()} KRW${isCertain(rate) ? '' : '?'} (${rate.asOf})`;
}

/** A rate without a confidence was given by hand. */
function isCertain({ confidence }: ExchangeRate): boolean {
  return confidence === undefined || confidence === 'high';
}
