/** Names a product of an AWS offer file as the book names it. */
import type { Attributes, OfferRow } from './aws-rows/row.ts';
import { rowsOf } from './aws-rows.ts';
import type { Named } from './published-price.ts';

/** `products.<sku>` of an offer file, as far as it is used. */
export interface OfferProduct {
  readonly sku: string;
  readonly productFamily: string;
  readonly attributes: Attributes;
}

/**
 * Prefix of a usage type that stands for the region: `APN2-`, `EUC1-`; Northern Virginia has none.
 */
const regionPrefix = /^[A-Z]{2,4}\d?-/;

/** Undefined for what the book has no name for. */
export function nameOfProduct(offer: string, { productFamily, attributes }: OfferProduct): Named | undefined {
  const region = attributes.regionCode ?? attributes.fromRegionCode;
  if (region === undefined) return undefined;
  const row = rowsOf(offer).find((one) => isOf(one, productFamily) && matches(one, attributes));
  if (!row) return undefined;
  const item = typeof row.item === 'string' ? row.item : row.item(attributes);
  const { service, unit, published, factor } = row;
  return { key: { provider: 'aws', service, region, item }, unit, published, factor };
}

function isOf({ family }: OfferRow, productFamily: string): boolean {
  return typeof family === 'string' ? family === productFamily : family.test(productFamily);
}

function matches({ where }: OfferRow, attributes: Attributes): boolean {
  return Object.entries(where).every(([name, wanted]) => {
    const value = attributes[name] ?? '';
    const seen = name === 'usagetype' ? value.replace(regionPrefix, '') : value;
    return typeof wanted === 'string' ? wanted === seen || wanted === value : wanted.test(seen);
  });
}
