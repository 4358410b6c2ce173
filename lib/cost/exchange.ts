/** Won for a dollar, as `prices/exchange.json` has it: a rate of a day, taken by hand. */
import * as z from 'zod';
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
