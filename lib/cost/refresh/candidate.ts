/** What a provider's own list says of a price, under the name that the book has for it. */
import type { Big } from '../../values/decimal.ts';
import type { PriceKey, Unit } from '../component.ts';
import type { Tier } from '../price.ts';

/** What an item of a provider's list is in our book. */
export interface Named {
  readonly key: PriceKey;
  readonly unit: Unit;
  /** Units as the provider spells them. */
  readonly published: readonly string[];
  /** How many of the provider's units are one of ours; 1 when undefined: requests are published singly and kept by the thousand. */
  readonly factor?: Big;
}

export interface Candidate {
  readonly key: PriceKey;
  readonly unit: Unit;
  readonly tiers: readonly Tier[];
  readonly free?: Big;
  readonly sku: string;
  /** Day that the list was published. */
  readonly asOf: string;
  readonly source: string;
}

/** Something in a list that has a name in our book and yet cannot be taken. */
export interface Refused {
  readonly key: PriceKey;
  readonly sku: string;
  readonly because: string;
}

export interface ListRead {
  readonly candidates: readonly Candidate[];
  readonly refused: readonly Refused[];
  /** What the list speaks of, as `scopeText` of its items: a price of the book that is missing there is told. */
  readonly scopes: readonly string[];
}

/** Provider, service and region of a price. */
export function scopeText({ provider, service, region }: PriceKey): string {
  return `${provider} ${service} ${region}`;
}

/** Whether the book has this price, so that a list of a million rows leaves only these behind. */
export type Wanted = (key: PriceKey) => boolean;
