/** How models write their lines. */
import type { Big } from 'big.js';
import type { BilledResource, CostComponent, CostContext, PriceKey, Unit } from '../component.ts';
import { isZero, one, zero } from '../decimal.ts';
import { type Flag, isUnknown, type Quantity, type Unknown } from './property-reader.ts';

/** What a line is counted in, and where its price is. */
export interface Priced {
  readonly unit: Unit;
  readonly service: string;
  /** Name in the price book; or why the machine, class or engine is not known. */
  readonly item: string | Unknown;
  /** Where the price is not that of the resource's own region. */
  readonly region?: string;
}

/** A line that runs whether it is used or not. */
export function fixed(resource: BilledResource, name: string, quantity: Quantity, priced: Priced): CostComponent {
  return line(resource, name, quantity, priced, 'fixed');
}

/** As `fixed`, but no line where there is nothing of it. */
export function fixedIfSome(resource: BilledResource, name: string, quantity: Quantity, priced: Priced): CostComponent[] {
  return isSome(quantity) ? [fixed(resource, name, quantity, priced)] : [];
}

/** A quantity that there is only if something is so; unknown when that is. */
export function countedIf(flag: Flag, quantity: Quantity): Quantity {
  if (flag === false || (flag !== true && !isSome(quantity))) return zero;
  return flag === true ? quantity : flag;
}

/** A line for what the template asks for and the book has no price of. */
export function unpricedIf(resource: BilledResource, name: string, isAsked: Flag, reason: string): CostComponent[] {
  const item = isAsked === true ? { reason } : name;
  return fixedIfSome(resource, name, countedIf(isAsked, one), { unit: 'hour', service: 'other', item });
}

/** Part of the price of another line, given back: `share` is negative. */
export function discount(resource: BilledResource, name: string, quantity: Quantity, priced: Priced, share: Big): CostComponent {
  return { ...line(resource, name, quantity, priced, 'fixed'), share };
}

/**
 * A line that follows the usage file. An entry for this one resource (`stack/id.entry`) goes before
 * one for all of its type (`type.entry`), of which it then has a share; when there is neither, the
 * quantity is unknown.
 */
export function used(resource: BilledResource, context: CostContext, name: string, entry: string, priced: Priced): CostComponent {
  const { quantity, usage, basis } = usageOf(resource, context, entry);
  return line(resource, name, quantity ?? { reason: `the usage file does not say ${usage}` }, priced, basis);
}

/** As `used`, for what most do not have: no line where the usage file says nothing. */
export function usedIfSaid(resource: BilledResource, context: CostContext, name: string, entry: string, priced: Priced): CostComponent[] {
  const { quantity, basis } = usageOf(resource, context, entry);
  return quantity ? [line(resource, name, quantity, priced, basis)] : [];
}

/**
 * Groups of machines: what is said of machines is said of theirs too, unless the usage file speaks
 * of groups.
 */
const madeOf: Readonly<Record<string, string>> = {
  'AWS::AutoScaling::AutoScalingGroup': 'AWS::EC2::Instance',
  'gcp:compute/instanceGroupManager:InstanceGroupManager': 'gcp:compute/instance:Instance',
  'gcp:compute/regionInstanceGroupManager:RegionInstanceGroupManager': 'gcp:compute/instance:Instance',
};

interface Said {
  /** Of this resource, or of all that follow the same entry. */
  readonly quantity: Big | undefined;
  /** The entry that says it, or would. */
  readonly usage: string;
  readonly basis: CostComponent['basis'];
}

/** A month's usage of a resource: its own, or that of its type. */
export function usageOf(resource: BilledResource, context: CostContext, entry: string): Said {
  const own = `${resource.stack}/${resource.id}.${entry}`;
  const ownQuantity = context.usage(own);
  if (ownQuantity) return { quantity: ownQuantity, usage: own, basis: { usage: own } };
  const usage = `${resource.type}.${entry}`;
  const quantity = context.usage(usage);
  const machines = quantity === undefined ? madeOf[resource.type] : undefined;
  const ofMachines = machines === undefined ? undefined : context.usage(`${machines}.${entry}`);
  if (!ofMachines) return { quantity, usage, basis: { usage, shared: true } };
  return { quantity: ofMachines, usage: `${machines}.${entry}`, basis: { usage: `${machines}.${entry}`, shared: true } };
}

function line(
  resource: BilledResource,
  name: string,
  quantity: Quantity,
  { unit, service, item, region = resource.region }: Priced,
  basis: CostComponent['basis'],
): CostComponent {
  // Of nothing the price does not matter: 0 of anything is 0.
  const open = isUnknown(item) && !isNothing(quantity) ? item : isUnknown(quantity) ? quantity : undefined;
  const price: PriceKey = { provider: resource.provider, service, region, item: isUnknown(item) ? '?' : item };
  const amount = open || isUnknown(quantity) ? undefined : quantity;
  return { name, quantity: amount, unit, price, basis, ...(open && { reason: open.reason }) };
}

/** One quantity times another; unknown when either is, unless the other is 0. */
export function times(left: Quantity, right: Quantity): Quantity {
  if (isNothing(right)) return right;
  if (isUnknown(left) || isNothing(left)) return left;
  return isUnknown(right) ? right : left.times(right);
}

/** One quantity and another; unknown when either is. */
export function plus(left: Quantity, right: Quantity): Quantity {
  if (isUnknown(left)) return left;
  return isUnknown(right) ? right : left.plus(right);
}

/** One quantity less another; unknown when either is. */
export function minus(left: Quantity, right: Quantity): Quantity {
  if (isUnknown(left)) return left;
  return isUnknown(right) ? right : left.minus(right);
}

/** Whether there is surely none of it. */
export function isNothing(quantity: Quantity): boolean {
  return !isUnknown(quantity) && isZero(quantity);
}

/** What exceeds an allowance; nothing when it is not reached. */
export function above(quantity: Quantity, allowance: Big): Quantity {
  if (isUnknown(quantity)) return quantity;
  return quantity.gt(allowance) ? quantity.minus(allowance) : quantity.minus(quantity);
}

/** Whether there is anything to bill: a quantity that is unknown is. */
export function isSome(quantity: Quantity): boolean {
  return !isNothing(quantity);
}
