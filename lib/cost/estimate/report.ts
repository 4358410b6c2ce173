/**
 * The answer of the cost engine: every renderer and every comparison takes this. All money is exact
 * decimal USD a month.
 */
import type { Big } from 'big.js';
import type { BilledResource, CostComponent, Provider } from '../component.ts';
import type { ExchangeRate, Price } from '../prices/price.ts';

export interface CostLine extends CostComponent {
  /** Undefined when quantity or price is unknown; `reason` then says which and why. */
  readonly amount: Big | undefined;
  readonly found?: Price;
}

/** How a resource's type is known to the engine. */
export type Known =
  | { readonly as: 'billed' }
  /** Costs nothing by itself, and where that is written. */
  | { readonly as: 'free'; readonly reason: string }
  /** No model: what it costs is not known. */
  | { readonly as: 'unsupported' };

export interface ResourceCost {
  readonly resource: BilledResource;
  readonly known: Known;
  readonly lines: readonly CostLine[];
  /** Sum of the known lines. */
  readonly amount: Big;
}

export interface CostReport {
  readonly resources: readonly ResourceCost[];
  /** Sum of all known lines; equals the sum of `byProvider`. */
  readonly total: Big;
  readonly byProvider: ReadonlyMap<Provider, Big>;
  /** Lines without an amount and resources without a model: what the total lacks. */
  readonly unknown: readonly { readonly resource: BilledResource; readonly line?: CostLine; readonly reason: string }[];
  readonly rate: ExchangeRate | undefined;
}

export interface LineChange {
  readonly resource: BilledResource;
  readonly name: string;
  readonly before: CostLine | undefined;
  readonly after: CostLine | undefined;
  /** Undefined when either amount is unknown. */
  readonly change: Big | undefined;
}

export interface CostDifference {
  readonly before: CostReport;
  readonly after: CostReport;
  /** `after.total - before.total`. */
  readonly change: Big;
  /**
   * Sum of the changes that are known. Unlike `change` it does not take a line whose price is no
   * longer known for money saved.
   */
  readonly known: Big;
  /** Lines that differ in quantity, price or existence, the largest change first. */
  readonly lines: readonly LineChange[];
  /**
   * What is without an amount after and was not before: it is new, or its price is no longer known.
   * What has no model has no lines, so that it is here whenever it is not what it was.
   */
  readonly opened: CostReport['unknown'];
  /**
   * The same the other way round: what was without an amount, and is gone, known or another one.
   */
  readonly closed: CostReport['unknown'];
}
