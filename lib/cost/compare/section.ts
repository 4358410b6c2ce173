/** A part of the comparison: the figures of one table of a document. */
import type { Big } from '../../values/decimal.ts';
import type { Provider } from '../component.ts';
import type { ExchangeRate, PriceBook } from '../price.ts';
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
  /** What the planned environment really costs a month by provider, with everything the documents left out. */
  readonly bill: ReadonlyMap<Provider, Big>;
}
