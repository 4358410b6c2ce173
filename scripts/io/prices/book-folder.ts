/** The committed price book on disk: `prices/`. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseExchangeRate } from '../../../lib/cost/prices/exchange-rate.ts';
import type { ExchangeRate, PriceBook } from '../../../lib/cost/prices/price.ts';
import { parseBook } from '../../../lib/cost/prices/price-book.ts';
import type { BookFile } from '../../../lib/cost/prices/price-book-schema.ts';
import { root } from '../state.ts';

const bookFolder = join(root, 'prices');

/** @throws PriceBookError with every fault of every file. */
export function readPriceBook(folder = bookFolder): PriceBook {
  return priceBookOf(bookFilesIn(folder));
}

/**
 * The files of a book, wherever they are from. @throws PriceBookError with every fault of every
 * file.
 */
export function priceBookOf(files: readonly BookFile[]): PriceBook {
  return parseBook(files.filter(({ name }) => name.includes('/')));
}

/** @throws PriceBookError when the rate is damaged. */
export function exchangeRateOf(files: readonly BookFile[]): ExchangeRate | undefined {
  const file = files.find(({ name }) => name === 'exchange.json');
  return file && parseExchangeRate(file);
}

/** Every JSON file below a folder of prices, in the order of their names. */
export function bookFilesIn(folder: string): BookFile[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));
  return names.toSorted().map((name) => fileOf(folder, name));
}

/** The dated rate of `prices/exchange.json`. @throws PriceBookError when it is damaged. */
export function readExchangeRate(folder = bookFolder): ExchangeRate {
  return parseExchangeRate(fileOf(folder, 'exchange.json'));
}

function fileOf(folder: string, name: string): BookFile {
  return { name, text: readFileSync(join(folder, name), 'utf8') };
}

export function writeBookFiles(files: readonly BookFile[], folder = bookFolder): void {
  for (const { name, text } of files) {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
