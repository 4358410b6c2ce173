/** The committed price book on disk: `prices/`. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseBook } from '../../../lib/cost/book.ts';
import type { BookFile } from '../../../lib/cost/book-file.ts';
import { parseExchangeRate } from '../../../lib/cost/exchange.ts';
import type { ExchangeRate, PriceBook } from '../../../lib/cost/price.ts';
import { root } from '../state.ts';

const bookFolder = join(root, 'prices');

/** @throws PriceBookError with every fault of every file. */
export function readPriceBook(folder = bookFolder): PriceBook {
  const inFolders = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.includes('/') && name.endsWith('.json'),
  );
  return parseBook(inFolders.toSorted().map((name) => fileOf(folder, name)));
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
