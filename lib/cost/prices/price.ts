/** Prices as the committed book has them. */
import type { Big } from 'big.js';
import type { PriceKey, Unit } from '../component.ts';

/**
 * `high`: read from the provider's own list, which its SKU shows, or the same in two sources, which
 * `alsoIn` shows. `medium`: one second-hand source, or worked out of prices that are certain.
 * `low`: sources that contradict each other, or say neither list nor date.
 */
export type Confidence = 'high' | 'medium' | 'low';

/** Price of a unit from this quantity on, up to where the next tier begins. */
export interface Tier {
  readonly from: Big;
  readonly usd: Big;
}

export interface Price extends PriceKey {
  /**
   * Of the provider, like `NXZ2RYTDT5ZB3GPN` or `6F81-5844-456A/...`; undefined until it was read
   * from the provider.
   */
  readonly sku?: string;
  readonly unit: Unit;
  /** In growing order, the first from 0. One for most prices. */
  readonly tiers: readonly Tier[];
  /** Quantity a month that is free for the whole account, shared by all its resources. */
  readonly free?: Big;
  /**
   * Prices of the same pool share one `free`, also across regions: the 100 GB of AWS traffic.
   * Without it `free` is this price's own.
   */
  readonly pool?: string;
  /** Date or month it was read: `2026-07`, `2026-10-01`. */
  readonly asOf: string;
  /** The list, and after a comma how it was read: `AWS Price List, quoted`; see `sourceText`. */
  readonly source: string;
  readonly confidence: Confidence;
  /** What else has the same amount: a second source. */
  readonly alsoIn?: string;
  readonly note?: string;
}

export interface PriceBook {
  /** Newest `asOf` in it. */
  readonly asOf: string;
  /** Undefined when there is none: the line is then unknown, never zero. */
  find(key: PriceKey): Price | undefined;
  readonly prices: readonly Price[];
}

/** Won for a dollar on a day. */
export interface ExchangeRate {
  readonly krwPerUsd: Big;
  readonly asOf: string;
  readonly source: string;
  readonly confidence?: Confidence;
  readonly note?: string;
}

/** Places of the regions that the book has, as the providers' lists name them. */
const places: Readonly<Record<string, string>> = {
  'ap-northeast-2': 'Seoul',
  'us-east-1': 'N. Virginia',
  'asia-northeast3': 'Seoul',
  'us-central1': 'Iowa',
  'asia-edge': 'edges in Asia',
  'us-edge': 'edges in the US',
};

/**
 * Where a price is from, as a reviewer reads it: the list, the place, the date, and whether it was
 * quoted second-hand or derived: `AWS Price List, Seoul, 2026-10-01, quoted`.
 */
export function sourceText({ source, region, asOf }: Pick<Price, 'source' | 'region' | 'asOf'>): string {
  const place = region === 'global' ? [] : [places[region] ?? region];
  const date = asOf === 'unknown' ? 'of unknown date' : asOf;
  if (source.startsWith('derived:')) return [source, ...place, date].join(', ');
  const [list = source, ...how] = source.split(', ');
  return [list, ...place, date, ...how].join(', ');
}
