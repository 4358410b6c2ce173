/**
 * Google's Cloud Billing Catalog: all SKUs of Compute Engine, page by page. It needs an API key,
 * not an account.
 */
import { readSku } from '../../../lib/cost/prices/refresh/gcp-sku.ts';
import { ItemsReader } from '../../../lib/cost/prices/refresh/items.ts';
import { type ListRead, skippedCounter, type Wanted } from '../../../lib/cost/prices/refresh/published-price.ts';
import { type JsonPlace, tokensOf } from './tokens.ts';

const catalogue = 'https://cloudbilling.googleapis.com';
const computeEngine = '6F81-5844-456A';

/** Reads every page of the live catalogue. @throws DojangError when a page cannot be read. */
export async function readCatalogue(key: string, wanted: Wanted, base = catalogue): Promise<ListRead> {
  const reads: ListRead[] = [];
  let page: string | undefined = '';
  while (page !== undefined) {
    const token = page && `&pageToken=${encodeURIComponent(page)}`;
    const place = `${base}/v1/services/${computeEngine}/skus?currencyCode=USD&pageSize=5000${token}`;
    const { read, next } = await readPage({ place, headers: { 'x-goog-api-key': key } }, wanted);
    reads.push(read);
    page = next;
  }
  return joined(reads);
}

/** Reads one page, of a file or an address. */
export async function readPage(from: JsonPlace, wanted: Wanted): Promise<{ readonly read: ListRead; readonly next: string | undefined }> {
  const reads: ListRead[] = [];
  const counter = skippedCounter();
  const reader = new ItemsReader('skus', (sku) => {
    const { skipped, ...read } = readSku(sku, wanted);
    counter.add(skipped);
    if (read.scopes.length > 0) reads.push(read);
  });
  for await (const tokens of tokensOf(from)) {
    for (const token of tokens) reader.take(token);
  }
  const read = { ...joined(reads), skipped: counter.skipped };
  return { read, next: reader.finish(from.place).nextPageToken || undefined };
}

function joined(reads: readonly ListRead[]): ListRead {
  const counter = skippedCounter();
  for (const { skipped } of reads) counter.add(skipped);
  return {
    skipped: counter.skipped,
    candidates: reads.flatMap(({ candidates }) => candidates),
    refused: reads.flatMap(({ refused }) => refused),
    scopes: [...new Set(reads.flatMap(({ scopes }) => scopes))],
  };
}
