/**
 * What resources cost a month: from each its lines, from the book their prices, and the sums of it.
 * Exact, and nothing is left out unsaid.
 */
import type { Big } from 'big.js';
import { DojangError } from '../../errors/dojang-error.ts';
import type { BilledResource, CostComponent, CostContext, PriceKey, Provider, ResourceCostModel } from '../component.ts';
import { isZero, sum, zero } from '../decimal.ts';
import type { ExchangeRate, Price, PriceBook } from '../prices/price.ts';
import { freeBecause } from '../resources/free-resources.ts';
import { modelOf } from '../resources/registry.ts';
import { noModelBecause } from '../resources/unsupported.ts';
import { missingPrices } from './missing-price.ts';
import type { CostLine, CostReport, Known, ResourceCost } from './report.ts';
import { createTierMeter } from './tier-meter.ts';
import type { Usage } from './usage.ts';
import { shared } from './usage-allocation.ts';

/**
 * The bill of a month on a day like `2026-11-28`: what old versions cost depends on it. Tiers and
 * free allowances are the account's: they are used up in the order of `resources`.
 * @throws DojangError `negative-quantity` for a resource that would have less than nothing of
 *   something.
 */
export function estimateCost(
  resources: readonly BilledResource[],
  book: PriceBook,
  usage: Usage,
  day: string,
  rate?: ExchangeRate,
): CostReport {
  const context: CostContext = { resources, usage: (entry) => usage.get(entry), day };
  const price = pricing(book);
  const lines = shared(resources.map((resource) => componentsOf(resource, context)));
  const costs = resources.map((resource, index) => costOfOne(resource, lines[index] ?? [], price));
  const byProvider = totals(costs);
  return { resources: costs, total: sum(byProvider.values()), byProvider, unknown: costs.flatMap(unknownOf), rate };
}

type Pricing = (component: CostComponent) => CostLine;

function componentsOf(resource: BilledResource, context: CostContext): readonly CostComponent[] {
  if (freeBecause(resource.type)) return [];
  const components = modelOf(resource.type)?.components(resource, context) ?? [];
  const { perhaps } = resource;
  // It is not known whether there will be such a line.
  return perhaps === undefined ? components : components.map((component) => ({ ...component, quantity: undefined, reason: perhaps }));
}

function costOfOne(resource: BilledResource, components: readonly CostComponent[], price: Pricing): ResourceCost {
  const reason = freeBecause(resource.type);
  if (reason) return { resource, known: { as: 'free', reason }, lines: [], amount: zero };
  const model = modelOf(resource.type);
  if (!model) return { resource, known: { as: 'unsupported' }, lines: [], amount: zero };
  const lines = components.map((component) => price(checked(resource, component)));
  return { resource, known: knownAs(model, lines), lines, amount: sum(lines.flatMap(({ amount }) => amount ?? [])) };
}

function knownAs({ free }: ResourceCostModel, lines: readonly CostLine[]): Known {
  return lines.length > 0 || !free ? { as: 'billed' } : { as: 'free', reason: free };
}

function checked({ stack, id, type }: BilledResource, component: CostComponent): CostComponent {
  if (!component.quantity?.lt('0')) return component;
  throw new DojangError('negative-quantity', `${stack}/${id} (${type}) has ${component.quantity} ${component.unit} of ${component.name}`, {
    why: 'A negative quantity costs nothing and saves nothing, so the rest of the plan is not to be trusted either.',
    next: 'correct the resource, or the usage file where the quantity comes from it',
  });
}

/**
 * Prices one line after another: an account pays the first gigabytes of a month at another price
 * than the next.
 */
function pricing(book: PriceBook): Pricing {
  const account = createTierMeter();
  const missing = missingPrices(book);
  const find = remembering(book);
  return (component) => {
    const found = find(component.price);
    if (!component.quantity) return { ...component, amount: undefined, ...(found && { found }) };
    if (!found && isZero(component.quantity)) return { ...component, amount: zero };
    if (!found) return { ...component, amount: undefined, reason: missing(component.price) };
    if (found.unit !== component.unit) {
      return { ...component, found, amount: undefined, reason: `is counted by ${component.unit}, and its price is by ${found.unit}` };
    }
    return { ...component, found, amount: account.pay(found, component.quantity, component.share) };
  };
}

/** Asks the book once for each price: a plan has few prices and many lines. */
function remembering(book: PriceBook): (key: PriceKey) => Price | undefined {
  const byItem = new Map<string, { readonly key: PriceKey; readonly found: Price | undefined }[]>();
  return (key) => {
    const known = byItem.get(key.item) ?? [];
    const before = known.find(
      ({ key: { provider, service, region } }) => region === key.region && service === key.service && provider === key.provider,
    );
    if (before) return before.found;
    const found = book.find(key);
    byItem.set(key.item, [...known, { key, found }]);
    return found;
  };
}

function totals(costs: readonly ResourceCost[]): Map<Provider, Big> {
  const byProvider = new Map<Provider, Big>();
  for (const { resource, amount } of costs) {
    byProvider.set(resource.provider, (byProvider.get(resource.provider) ?? zero).plus(amount));
  }
  return byProvider;
}

function unknownOf({ resource, known, lines }: ResourceCost): CostReport['unknown'][number][] {
  if (known.as === 'unsupported') return [{ resource, reason: noModelBecause(resource) }];
  const open = lines.filter(({ amount }) => amount === undefined);
  return open.map((line) => ({ resource, line, reason: line.reason ?? 'is not known' }));
}
