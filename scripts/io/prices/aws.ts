/** The price list of AWS: one offer file for each service and region. No credentials are needed. */
import { OfferReader } from '../../../lib/cost/prices/refresh/aws-offer.ts';
import { offers } from '../../../lib/cost/prices/refresh/aws-rows.ts';
import type { ListRead, Wanted } from '../../../lib/cost/prices/refresh/published-price.ts';
import { tokensOf } from './tokens.ts';

/** Where AWS publishes it (AWS Billing user guide, "Getting price list files manually"). */
const priceList = 'https://pricing.us-east-1.amazonaws.com';

/** Addresses of all offer files with prices of the book. */
export function offerPlaces(regions: readonly string[], base = priceList): string[] {
  return regions.flatMap((region) => offers.map((offer) => `${base}/offers/v1.0/aws/${offer}/current/${region}/index.json`));
}

/** Reads one offer file of any size. @throws DojangError when it cannot be read or is not one. */
export async function readOffer(place: string, wanted: Wanted): Promise<ListRead> {
  const reader = new OfferReader(place, wanted);
  for await (const tokens of tokensOf({ place })) {
    for (const token of tokens) reader.take(token);
  }
  return reader.finish();
}
