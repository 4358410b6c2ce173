/** The providers' own price lists, as they are published now. */
import type { PriceBook } from '../../../lib/cost/prices/price.ts';
import type { ListRead, Wanted } from '../../../lib/cost/prices/refresh/published-price.ts';
import { DojangError } from '../../../lib/errors/dojang-error.ts';
import { offerPlaces, readOffer } from './aws.ts';
import { readCatalogue } from './gcp.ts';
import { liveGpus, readGpus } from './runpod.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where the lists are asked for; the providers' own addresses when undefined. */
export interface LiveLists {
  readonly environment: Environment;
  readonly today: string;
  readonly bases?: { readonly aws?: string; readonly gcp?: string; readonly runpod?: string };
}

/**
 * Reads all lists of a provider one after another, so that memory stays that of one. @throws
 * DojangError when one cannot be read.
 */
export async function readLive(
  provider: 'aws' | 'gcp' | 'runpod',
  book: PriceBook,
  wanted: Wanted,
  { environment, today, bases = {} }: LiveLists,
): Promise<readonly ListRead[]> {
  if (provider === 'gcp') return [await readCatalogue(keyOf(environment, 'GOOGLE_API_KEY', provider), wanted, bases.gcp)];
  if (provider === 'runpod') {
    return [await readGpus(liveGpus(keyOf(environment, 'RUNPOD_API_KEY', provider), bases.runpod), wanted, today)];
  }
  const reads: ListRead[] = [];
  for (const place of offerPlaces(machineRegions(book), bases.aws)) reads.push(await readOffer(place, wanted));
  return reads;
}

/** Edge locations have no offer files of their own. */
function machineRegions(book: PriceBook): string[] {
  return [...new Set(book.prices.filter(({ service }) => service === 'ec2').map(({ region }) => region))];
}

function keyOf(environment: Environment, name: string, provider: string): string {
  const key = environment[name];
  if (key) return key;
  throw new DojangError('no-key', `the price list of ${provider} needs a key in ${name}`, {
    next: `set ${name}, read a list that was fetched before with --offer-file, or refresh another with --provider`,
  });
}
