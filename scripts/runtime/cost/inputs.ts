/** What an estimate is made with, beside the resources: put together here and nowhere else. */
import { basename } from 'node:path';
import { serviceUsage } from '../../../lib/cost/estimate/traffic.ts';
import { noUsage, orElse, parseUsage, type Usage } from '../../../lib/cost/estimate/usage.ts';
import type { ExchangeRate, PriceBook } from '../../../lib/cost/prices/price.ts';
import type { BookFile } from '../../../lib/cost/prices/price-book-schema.ts';
import { DojangError } from '../../../lib/errors/dojang-error.ts';
import { exchangeRateOf, priceBookOf, readExchangeRate, readPriceBook } from '../../io/prices/book-folder.ts';
import { readText } from '../../io/text-file.ts';
import { today } from '../../io/today.ts';

export interface EstimateInputs {
  readonly book: PriceBook;
  readonly rate: ExchangeRate;
  readonly usage: Usage;
  /** Entries of the usage file; empty without one. */
  readonly given: readonly string[];
  /** Day that the bill is for, like `2026-11-28`. */
  readonly day: string;
}

export interface InputOptions {
  /** File of what is used in a month. */
  readonly usage?: string | undefined;
  /**
   * Whether the service's traffic model fills what the file leaves out. It says nothing about
   * another project. @default true
   */
  readonly designed?: boolean;
  /** Prices of a revision, file by file. @default those of this clone */
  readonly files?: readonly BookFile[];
  /** @default today */
  readonly day?: string;
}

/**
 * A revision without prices has those of this clone.
 * @throws PriceBookError with every fault of every file; DojangError `no-usage-file`,
 *   `invalid-usage`
 */
export function estimateInputs({ usage, designed = true, files = [], day = today() }: InputOptions = {}): EstimateInputs {
  const otherwise = designed ? serviceUsage() : noUsage;
  const given = usage === undefined ? undefined : usageOf(usage);
  return {
    book: files.length > 0 ? priceBookOf(files) : readPriceBook(),
    rate: exchangeRateOf(files) ?? readExchangeRate(),
    usage: given ? orElse(given, otherwise) : otherwise,
    given: [...(given?.keys() ?? [])],
    day,
  };
}

function usageOf(file: string): ReadonlyMap<string, ReturnType<Usage['get']>> {
  try {
    return parseUsage(readText(file), basename(file));
  } catch (error) {
    if (error instanceof DojangError) throw error;
    throw new DojangError('no-usage-file', `cannot read ${file}`, { next: 'name a usage file that is there with --usage', cause: error });
  }
}
