/**
 * Exact decimal numbers. A price or an amount of money never passes through a floating-point sum.
 */
import { Big } from '../values/decimal.ts';

/** How long a month is for every provider here. */
export const hoursAMonth = new Big('730');
export const secondsAMonth = new Big('2628000');
export const zero = new Big('0');
export const one = new Big('1');

/** A whole or decimal number as it is written; undefined for any other text. */
const written = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i;

/**
 * The number that JSON or YAML has: as a number (a float is taken as it is written, not as it is
 * stored) or as text.
 */
export function exact(value: unknown): Big | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && written.test(text) ? new Big(text) : undefined;
}

/**
 * Whether a number is 0, without another number to compare it with: this is asked for every line.
 */
export function isZero({ c }: Big): boolean {
  return c[0] === 0;
}

/** A count as an exact number. */
export function whole(count: number): Big {
  return new Big(String(Math.trunc(count)));
}

export function sum(amounts: Iterable<Big>): Big {
  let total = zero;
  for (const amount of amounts) total = total.plus(amount);
  return total;
}
