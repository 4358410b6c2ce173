/** How models write their lines. */
import type { Big } from 'big.js';
import type { BilledResource, CostComponent, CostContext, PriceKey, Unit } from '../component.ts';
import { isUnread, type Quantity, type Unread } from './read.ts';

/** What a line is counted in, and where its price is. */
export interface Priced {
  readonly unit: Unit;
  readonly service: string;
  /** Name in the price book; or why the machine, class or engine is not known. */
  readonly item: string | Unread;
  /** Where the price is not that of the resource's own region. */
  readonly region?: string;
}

/** A line that runs whether it is used or not. */
export function fixed(resource: BilledResource, name: string, quantity: Quantity, priced: Priced): CostComponent {
  return line(resource, name, quantity, priced, 'fixed');
}

/** Part of the price of another line, given back: `share` is negative. */
export function discount(resource: BilledResource, name: string, quantity: Quantity, priced: Priced, share: Big): CostComponent {
  return { ...line(resource, name, quantity, priced, 'fixed'), share };
}

/**
 * A line that follows the usage file. An entry for this one resource (`stack/id.entry`) goes before one for all of its type
 * (`type.entry`); when there is neither, the quantity is unknown.
 */
export function used(resource: BilledResource, context: CostContext, name: string, entry: string, priced: Priced): CostComponent {
  const { quantity, usage } = usageOf(resource, context, entry);
  return line(resource, name, quantity ?? { because: `the usage file does not say ${usage}` }, priced, { usage });
}

/** As `used`, for what most do not have: no line where the usage file says nothing. */
export function usedIfSaid(resource: BilledResource, context: CostContext, name: string, entry: string, priced: Priced): CostComponent[] {
  return usageOf(resource, context, entry).quantity ? [used(resource, context, name, entry, priced)] : [];
}

/** A month's usage of a resource and the name of the entry that says it, or would. */
export function usageOf(resource: BilledResource, context: CostContext, entry: string): { quantity: Big | undefined; usage: string } {
  const own = `${resource.stack}/${resource.id}.${entry}`;
  const ofType = `${resource.type}.${entry}`;
  const ownQuantity = context.usage(own);
  return ownQuantity ? { quantity: ownQuantity, usage: own } : { quantity: context.usage(ofType), usage: ofType };
}

function line(
  resource: BilledResource,
  name: string,
  quantity: Quantity,
  { unit, service, item, region = resource.region }: Priced,
  basis: CostComponent['basis'],
): CostComponent {
  const open = isUnread(item) ? item : isUnread(quantity) ? quantity : undefined;
  const price: PriceKey = { provider: resource.provider, service, region, item: isUnread(item) ? '?' : item };
  const amount = open || isUnread(quantity) ? undefined : quantity;
  return { name, quantity: amount, unit, price, basis, ...(open && { because: open.because }) };
}

/** One quantity times another; unknown when either is. */
export function times(left: Quantity, right: Quantity): Quantity {
  if (isUnread(left)) return left;
  return isUnread(right) ? right : left.times(right);
}

/** What exceeds an allowance; nothing when it is not reached. */
export function above(quantity: Quantity, allowance: Big): Quantity {
  if (isUnread(quantity)) return quantity;
  return quantity.gt(allowance) ? quantity.minus(allowance) : quantity.minus(quantity);
}

/** Whether there is anything to bill: a quantity that is unknown is. */
export function isSome(quantity: Quantity): boolean {
  return isUnread(quantity) || !quantity.eq('0');
}
