/**
 * `dojang prices`: renews the committed price book from what the providers publish, and lists which
 * prices are old or weak.
 */

import type { Provider } from '../../../lib/cost/component.ts';
import type { Price, PriceBook } from '../../../lib/cost/prices/price.ts';
import { keyText } from '../../../lib/cost/prices/price-book.ts';
import { bookFiles } from '../../../lib/cost/prices/price-book-schema.ts';
import { isWantedSomewhere } from '../../../lib/cost/prices/refresh/global-price.ts';
import { changeLines, refreshLines, stalePriceLines } from '../../../lib/cost/prices/refresh/lines.ts';
import type { PriceChange } from '../../../lib/cost/prices/refresh/price-change.ts';
import type { ListRead, Wanted } from '../../../lib/cost/prices/refresh/published-price.ts';
import { type Refresh, refreshOf } from '../../../lib/cost/prices/refresh/refresh.ts';
import { stalePrices } from '../../../lib/cost/prices/refresh/stale-prices.ts';
import { DojangError } from '../../../lib/errors/dojang-error.ts';
import { counted, plural } from '../../../lib/values/counted.ts';
import { readPriceBook, writeBookFiles } from '../../io/prices/book-folder.ts';
import type { DataOf } from '../../runtime/answers/format.ts';
import type { Outcome } from '../../runtime/outcome.ts';
import { pricesCheckAnswer, pricesRefreshAnswer } from './answer.ts';

const pricedProviders = ['aws', 'gcp', 'runpod'] as const satisfies readonly Provider[];
type PricedProvider = (typeof pricedProviders)[number];

export interface RefreshOptions {
  /** All of them when undefined. */
  readonly provider?: PricedProvider;
  /** A list that was fetched before, or its address; else the provider's own is fetched. */
  readonly offerFile?: string;
  /** Prices that the book does not have yet, as `service/item`: `ec2/m8g.large`. */
  readonly add: readonly string[];
  /** Takes large changes without asking. */
  readonly yes: boolean;
  readonly dryRun: boolean;
}

export interface RefreshPorts {
  /** Where the committed book lies. */
  readonly folder?: string;
  /** `2026-11-21`. */
  readonly today: string;
  readonly confirm: (question: string) => Promise<boolean>;
  /** Reads the live lists of a provider; only asked when there is no `offerFile`. */
  readonly live: (provider: PricedProvider, book: PriceBook, wanted: Wanted) => Promise<readonly ListRead[]>;
}

/** Reads the lists, says what changes, asks about what looks wrong, and writes the book. */
export async function refreshPrices(options: RefreshOptions, ports: RefreshPorts): Promise<Outcome<DataOf<typeof pricesRefreshAnswer>>> {
  const book = readPriceBook(ports.folder);
  const wanted = wantedOf(book, options.add);
  const result = refreshOf(book, await readLists(options, ports, book, wanted));
  const questionable = result.changes.filter(({ asks }) => asks !== undefined);
  const refused = questionable.length > 0 && !options.yes && !options.dryRun && !(await ports.confirm(question(questionable)));
  const written = !options.dryRun && !refused && result.changes.length + result.confirmed.length > 0;
  if (written) writeBookFiles(bookFiles(result.prices), ports.folder);
  const outcome = { format: pricesRefreshAnswer, data: dataOf(result, { written }), lines: refreshLines(result, { written }) };
  return refused ? { ...outcome, failure: unconfirmed(questionable) } : outcome;
}

async function readLists({ provider, offerFile }: RefreshOptions, ports: RefreshPorts, book: PriceBook, wanted: Wanted) {
  if (offerFile === undefined) {
    const lists = await Promise.all((provider ? [provider] : pricedProviders).map((one) => ports.live(one, book, wanted)));
    return lists.flat();
  }
  if (provider) return [await readFileOf(provider, offerFile, wanted, ports.today)];
  throw new DojangError('no-provider', `whose price list is ${offerFile}`, { next: `say --provider ${pricedProviders.join(', ')}` });
}

/** One list, from a file or an address. */
async function readFileOf(provider: PricedProvider, place: string, wanted: Wanted, today: string): Promise<ListRead> {
  if (provider === 'aws') return (await import('../../io/prices/aws.ts')).readOffer(place, wanted);
  if (provider === 'gcp') return (await (await import('../../io/prices/gcp.ts')).readPage({ place }, wanted)).read;
  return (await import('../../io/prices/runpod.ts')).readGpus({ place }, wanted, today);
}

function wantedOf(book: PriceBook, add: readonly string[]): Wanted {
  const regions = new Set(book.prices.map(({ provider, region }) => `${provider} ${region}`));
  const added = new Set(add);
  return (key) =>
    book.find(key) !== undefined ||
    isWantedSomewhere(book, key) ||
    (added.has(`${key.service}/${key.item}`) && regions.has(`${key.provider} ${key.region}`));
}

function question(changes: readonly PriceChange[]): string {
  return [...changeLines(changes), `Take ${plural(changes.length, 'this price', `these ${changes.length} prices`)}?`].join('\n');
}

function unconfirmed(changes: readonly PriceChange[]): DojangError {
  return new DojangError(
    'price-change-refused',
    `${counted(changes.length, 'price')} changed so much that the operator must agree; nothing was written`,
    {
      why: changes.map(({ after, asks }) => `${keyText(after)}: ${asks}`).join('; '),
      next: 'look at them, then run it again with --yes',
    },
  );
}

function dataOf({ changes, confirmed, refused, missing, skipped }: Refresh, { written }: { readonly written: boolean }) {
  const changeData = changes.map(({ before, after, percent, asks }) => ({
    ...pick(after),
    before: before?.tiers[0]?.usd.toFixed(),
    after: after.tiers[0]?.usd.toFixed(),
    percent: percent?.toFixed(2),
    asks,
  }));
  return { written, changes: changeData, confirmed: confirmed.length, refused, missing: missing.map(pick), skipped: skippedData(skipped) };
}

const skippedData = ({ unnamed, unwanted }: Refresh['skipped']) => ({
  unnamed: Object.fromEntries(unnamed),
  unwanted: Object.fromEntries(unwanted),
});

const pick = ({ provider, service, region, item, unit, asOf, source }: Price) => ({ provider, service, region, item, unit, asOf, source });

/** Which prices of the book are old, of unknown date or uncertain. Only looks. */
export function checkPrices({
  months,
  today,
  folder,
}: {
  readonly months: number;
  readonly today: string;
  readonly folder?: string;
}): Outcome<DataOf<typeof pricesCheckAnswer>> {
  const book = readPriceBook(folder);
  const weak = stalePrices(book, today, months);
  return {
    format: pricesCheckAnswer,
    data: { asOf: book.asOf, prices: book.prices.length, weak: weak.map(({ price, reasons }) => ({ ...pick(price), reasons })) },
    lines: [`${book.prices.length} prices, the newest of ${book.asOf}; ${weak.length} deserve another look`, ...stalePriceLines(weak)],
  };
}
