/**
 * What a resource consists of for the bill: quantities with units and the names of their prices. No
 * amount of money yet.
 */
import type { Big } from 'big.js';
import type { Cloud, Json } from '../inventory/resource.ts';

/** Who sends a bill. `other` is a provider that the book has no prices of. */
export type Provider = Cloud | 'runpod' | 'anthropic' | 'openai' | 'google' | 'fireworks' | 'other';

/** Units as the price book spells them. A month is 730 hours. */
export type Unit =
  | 'hour'
  | 'second'
  | 'gb-month'
  | 'gb'
  | 'gb-hour'
  | 'mtok'
  | 'request-1000'
  | 'request-10k'
  | 'request-million'
  | 'iops-month'
  | 'mibps-month'
  | 'vcpu-hour'
  | 'acu-hour'
  | 'alarm-month'
  | 'metric-month'
  | 'secret-month'
  | 'parameter-month'
  | 'key-month'
  | 'vm-hour';

/** Names one price of the price book: what `PriceBook.find` takes. */
export interface PriceKey {
  readonly provider: Provider;
  readonly service: string;
  /** `global` where a price is the same everywhere. */
  readonly region: string;
  readonly item: string;
}

/** One line of the bill of one resource. */
export interface CostComponent {
  /** Its usual name: `Machine`, `Storage`, `Public IPv4 address`. Unique within its resource. */
  readonly name: string;
  /** A month's quantity, never negative; undefined when it is not known, and `reason` says why. */
  readonly quantity: Big | undefined;
  readonly unit: Unit;
  readonly price: PriceKey;
  /**
   * Runs whether it is used or not, or follows this entry of the usage file; one that is shared is
   * divided among all that follow it.
   */
  readonly basis: 'fixed' | { readonly usage: string; readonly shared?: true };
  /**
   * Part of the price that this line takes: 1 unless it is a discount line, which has the quantity
   * of what it discounts and for instance -0.3.
   */
  readonly share?: Big;
  /**
   * For a discount that is earned by running within a calendar month: a part of a month does not
   * have its share of it.
   */
  readonly earned?: EarnedInMonth;
  readonly reason?: string;
}

/** How a discount for sustained use comes about within each calendar month. */
export interface EarnedInMonth {
  /** Part of the list price that each equal part of the month costs: 1, 0.8, 0.6, 0.4. */
  readonly bands: readonly Big[];
  /** Part of the time that it runs: 1 when always. */
  readonly running: Big;
}

/** A resource as the cost engine takes it, wherever it comes from. */
export interface BilledResource {
  readonly provider: Provider;
  /** Where its prices are looked up, like `ap-northeast-2`. */
  readonly region: string;
  readonly stack: string;
  readonly id: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, Json>>;
  /**
   * Why it is not known yet whether there will be such a resource: its lines are then unknown for
   * the same reason.
   */
  readonly perhaps?: string;
}

/**
 * One thing that the provider's price list charges for a type of resource, and how far its model
 * covers it.
 */
export interface BilledDimension {
  /** In the words of the price list: `provisioned IOPS`, `public IPv4 address`. */
  readonly what: string;
  /**
   * From the properties of the resource, from the usage file, with another resource, or not at all.
   */
  readonly from: 'plan' | 'usage' | 'elsewhere' | 'nothing';
  /**
   * Names of the lines that it has; a pattern where a name depends on the resource. None when it is
   * not covered here.
   */
  readonly lines: readonly (string | RegExp)[];
  /** Why it is not covered here, or what is unusual in how it is. */
  readonly note?: string;
}

/** How one type of resource is billed: one small file each. */
export interface ResourceCostModel {
  /** `AWS::EC2::Volume`, `gcp:compute/disk:Disk`, `runpod:serverless/endpoint:Endpoint`. */
  readonly type: string;
  /**
   * All that the provider charges for such a resource: what is not here would be left out in
   * silence.
   */
  readonly billed: readonly BilledDimension[];
  /**
   * Why a resource without lines costs nothing, where that depends on its properties: `standard
   * parameters are free of charge`.
   */
  readonly free?: string;
  /** Pure. What cannot be read from the properties is a component whose quantity is undefined. */
  components(resource: BilledResource, context: CostContext): readonly CostComponent[];
}

/** What a model may look at beside its own resource. */
export interface CostContext {
  /**
   * All resources of the same plan: a launch template, the volume of an attachment, the machine of
   * an address.
   */
  readonly resources: readonly BilledResource[];
  /** A month's usage by the name of its entry; undefined when the usage file does not say. */
  readonly usage: (entry: string) => Big | undefined;
  /** Day that the bill is for, like `2026-11-28`: what old versions cost depends on it. */
  readonly day: string;
}

/** Stands for a region that is not given: no price is found in it, and the report says so. */
export const unknownRegion = 'unknown';
