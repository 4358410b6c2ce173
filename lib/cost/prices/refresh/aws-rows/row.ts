/** A product of an AWS offer file that is a price of the book, and how AWS writes its units. */
import { Big } from '../../../../values/decimal.ts';
import type { Unit } from '../../../component.ts';

export type Attributes = Readonly<Record<string, string>>;

export interface OfferRow {
  /** Empty for a product that says none. */
  readonly family: string | RegExp;
  readonly where: Readonly<Record<string, string | RegExp>>;
  readonly service: string;
  readonly item: string | ((attributes: Attributes) => string);
  readonly unit: Unit;
  readonly published: readonly string[];
  readonly factor?: Big;
}

export const hours = { unit: 'hour', published: ['Hrs', 'hours', 'Hours'] } as const;
export const gb = { unit: 'gb', published: ['GB', 'Quantity'] } as const;
export const gbMonths = { unit: 'gb-month', published: ['GB-Mo'] } as const;
export const thousandRequests = { unit: 'request-1000', published: ['Requests', 'API Calls'], factor: Big('1000') } as const;
