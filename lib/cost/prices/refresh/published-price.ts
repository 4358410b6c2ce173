/** What a provider's own list says of a price, under the name that the book has for it. */
import type { Big } from '../../../values/decimal.ts';
import type { PriceKey, Unit } from '../../component.ts';
import type { Tier } from '../price.ts';

/** What an item of a provider's list is in our book. */
export interface Named {
  readonly key: PriceKey;
  readonly unit: Unit;
  /** Units as the provider spells them. */
  readonly published: readonly string[];
  /**
   * How many of the provider's units are one of ours; 1 when undefined: requests are published
   * singly and kept by the thousand.
   */
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
  readonly reason: string;
}

export interface ListRead {
  readonly candidates: readonly Candidate[];
  readonly refused: readonly Refused[];
  /**
   * What the list speaks of, as `scopeText` of its items: a price of the book that is missing there
   * is reported.
   */
  readonly scopes: readonly string[];
  /** Products that were not taken, by what they are: nothing in a list is skipped in silence. */
  readonly skipped?: Skipped;
}

/**
 * How many products of a list have no name in the book, or one that it does not hold; by the kind
 * of product.
 */
export interface Skipped {
  readonly unnamed: ReadonlyMap<string, number>;
  readonly unwanted: ReadonlyMap<string, number>;
}

/** Counts what is skipped while a list is read. */
export function skippedCounter() {
  const unnamed = new Map<string, number>();
  const unwanted = new Map<string, number>();
  const count = (counts: Map<string, number>, kind: string, by: number) => counts.set(kind, (counts.get(kind) ?? 0) + by);
  return {
    skipped: { unnamed, unwanted } satisfies Skipped,
    unnamed: (kind: string) => count(unnamed, kind, 1),
    unwanted: (kind: string) => count(unwanted, kind, 1),
    add(other: Skipped | undefined) {
      for (const [kind, by] of other?.unnamed ?? []) count(unnamed, kind, by);
      for (const [kind, by] of other?.unwanted ?? []) count(unwanted, kind, by);
    },
  };
}

/** Provider, service and region of a price. */
export function scopeText({ provider, service, region }: PriceKey): string {
  return `${provider} ${service} ${region}`;
}

/** Whether the book has this price, so that a list of a million rows leaves only these behind. */
export type Wanted = (key: PriceKey) => boolean;
