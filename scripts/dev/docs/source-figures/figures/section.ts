/** A part of the comparison: the figures of one table of a document. */
import type { Provider } from '../../../../../lib/cost/component.ts';
import type { ExchangeRate, PriceBook } from '../../../../../lib/cost/prices/price.ts';
import type { Spending } from '../../../../../lib/cost/runway/spending.ts';
import type { Figure } from './figure.ts';

export interface Section {
  readonly title: string;
  /** What the figures are in, like `USD a month`. */
  readonly unit: string;
  readonly figures: readonly Figure[];
  /** What follows from the table as a whole. */
  readonly notes: readonly string[];
}

export interface CompareInput {
  readonly book: PriceBook;
  readonly rate: ExchangeRate;
  /**
   * What the planned environment really costs by provider, with everything the documents left out.
   */
  readonly spending: ReadonlyMap<Provider, Spending>;
  /** First day of the credits, like `2026-11-23`. */
  readonly since: string;
}
