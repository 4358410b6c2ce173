/** What can be wrong with the texts of a form. */
import { parseSum } from './money.ts';

type FaultKind = 'required' | 'tooLong' | 'sum' | 'number';
export type Faults<F extends string> = Readonly<Partial<Record<F, FaultKind>>>;

export interface Rule<F extends string> {
  readonly field: F;
  readonly required?: boolean;
  /** Most characters. */
  readonly longest?: number;
  /** It is a sum, of which a bare number counts in so many won. */
  readonly unit?: number;
  /** It is a number above 0 and at most this. */
  readonly most?: number;
}

/** What is wrong, in the order of the rules, which is that of the form. */
export function faultsOf<F extends string>(rules: readonly Rule<F>[], form: Readonly<Record<F, string>>): Faults<F> {
  const found = rules.map((rule) => [rule.field, faultOf(rule, form[rule.field].trim())]).filter(([, kind]) => kind !== undefined);
  return Object.fromEntries(found) as Faults<F>;
}

function faultOf<F extends string>({ required, longest, unit, most }: Rule<F>, text: string): FaultKind | undefined {
  if (text === '') return required ? 'required' : undefined;
  if (longest !== undefined && text.length > longest) return 'tooLong';
  if (unit !== undefined && !isSum(parseSum(text, unit))) return 'sum';
  return most !== undefined && !(Number(text) > 0 && Number(text) <= most) ? 'number' : undefined;
}

/** Far beyond any rent in Korea. */
const mostWon = 1_000_000_000_000;

function isSum(won: number | undefined): boolean {
  return won !== undefined && won <= mostWon;
}
