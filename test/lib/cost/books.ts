/** Small price books for tests. */
import type { BilledResource, PriceKey, Unit } from '../../../lib/cost/component.ts';
import type { Usage } from '../../../lib/cost/estimate/usage.ts';
import type { Price } from '../../../lib/cost/prices/price.ts';
import { createPriceBook } from '../../../lib/cost/prices/price-book.ts';
import type { Json } from '../../../lib/inventory/resource.ts';
import { Big } from '../../../lib/values/decimal.ts';

export const big = (text: string) => new Big(text);

interface Written extends Partial<Pick<Price, 'pool' | 'confidence'>> {
  readonly usd?: string;
  /** `[from, usd]` */
  readonly tiers?: readonly (readonly [string, string])[];
  readonly free?: string;
}

/**
 * A price as a test writes it: `price('aws ebs ap-northeast-2', 'gp3 storage', 'gb-month', { usd:
 * '0.0912' })`.
 */
export function price(place: string, item: string, unit: Unit, { usd = '1', tiers = [['0', usd]], free, ...rest }: Written = {}): Price {
  const [provider = '', service = '', region = ''] = place.split(' ');
  return {
    provider: provider as PriceKey['provider'],
    service,
    region,
    item,
    unit,
    tiers: tiers.map(([from, each]) => ({ from: big(from), usd: big(each) })),
    ...(free && { free: big(free) }),
    asOf: '2026-11',
    source: 'a test',
    confidence: 'high',
    ...rest,
  };
}

export const book = (...prices: readonly Price[]) => createPriceBook(prices);

export function usage(entries: Readonly<Record<string, string>>): Usage {
  return new Map(Object.entries(entries).map(([entry, quantity]) => [entry, big(quantity)]));
}

/** A resource in Seoul. */
export function resource(
  type: string,
  properties: Readonly<Record<string, Json>> = {},
  more: Partial<BilledResource> = {},
): BilledResource {
  const provider = type.startsWith('gcp:') ? 'gcp' : type.startsWith('runpod:') ? 'runpod' : type.startsWith('llm:') ? 'anthropic' : 'aws';
  const region = { aws: 'ap-northeast-2', gcp: 'asia-northeast3', runpod: 'global', anthropic: 'global' }[provider];
  return { provider, region, stack: 'stack', id: 'It', type, properties, ...more };
}
