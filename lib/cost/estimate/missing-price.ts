/** Why there is no price: a region that was not read, or a thing that is not in the book. */
import type { PriceKey, Provider } from '../component.ts';
import type { PriceBook } from '../prices/price.ts';

/** Says for a key that was not found why, and what there is instead. */
export function missingPrices({ prices }: PriceBook): (key: PriceKey) => string {
  let regions: ReadonlyMap<Provider, ReadonlySet<string>> | undefined;
  return ({ provider, service, region, item }) => {
    regions ??= new Map(
      [...Map.groupBy(prices, (price) => price.provider)].map(([name, its]) => [name, new Set(its.map((p) => p.region))]),
    );
    const known = regions.get(provider);
    if (known && !known.has(region)) return `no prices of region ${region} in the book; it has ${[...known].toSorted().join(', ')}`;
    return `no price of ${provider} ${service} ${item} in ${region}`;
  };
}
