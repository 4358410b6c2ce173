/**
 * Google sells cores and memory; the book also has whole N1 machines, reckoned from both so that
 * they never disagree.
 */
import { Big } from '../../../values/decimal.ts';
import type { PriceKey } from '../../component.ts';
import type { Price } from '../price.ts';
import { keyText } from '../price-book.ts';

/** Of `n1-standard-<cores>`: 3.75 GB for each core. */
const memoryOfCore = Big('3.75');

/** The prices, with the machines of each region whose core or memory price was renewed. */
export function withMachines(prices: readonly Price[], renewed: ReadonlyMap<string, Price>): Price[] {
  const find = new Map(prices.map((price) => [keyText(price), price]));
  return prices.map((price) => {
    const cores = coresOf(price);
    if (cores === undefined) return price;
    const core = partOf(price, 'N1 predefined core');
    const memory = partOf(price, 'N1 predefined RAM');
    if (!renewed.has(keyText(core)) && !renewed.has(keyText(memory))) return price;
    return machine(price, Big(cores), find.get(keyText(core)), find.get(keyText(memory)));
  });
}

export function isReckoned(price: PriceKey): boolean {
  return coresOf(price) !== undefined;
}

function coresOf({ provider, item }: PriceKey): string | undefined {
  return provider === 'gcp' ? /^n1-standard-(\d+)$/.exec(item)?.[1] : undefined;
}

const partOf = ({ provider, region }: Price, item: string): PriceKey => ({ provider, service: 'compute', region, item });

function machine(price: Price, cores: Big, core: Price | undefined, memory: Price | undefined): Price {
  const [ofCore, ofMemory] = [core?.tiers[0]?.usd, memory?.tiers[0]?.usd];
  if (!core || !ofCore || !ofMemory) return price;
  const usd = ofCore.times(cores).plus(ofMemory.times(memoryOfCore).times(cores));
  const { asOf, confidence } = core;
  return { ...price, tiers: [{ from: Big('0'), usd }], asOf, confidence, source: 'reckoned: cores and memory of the same region' };
}
