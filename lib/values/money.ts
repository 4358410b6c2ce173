/** Amounts of money. */
import { DojangError } from '../errors/dojang-error.ts';
import type { Big } from './decimal.ts';

/** A whole amount of US dollars, as budgets are given. Immutable. */
export class Usd {
  readonly amount: number;

  private constructor(amount: number) {
    this.amount = amount;
  }

  /**
   * @throws DojangError `invalid-money` unless the text is a positive whole amount like `150 USD`.
   */
  static of(text: string): Usd {
    const [, amount] = /^(\d+) USD$/.exec(text) ?? [];
    if (!amount || Number(amount) === 0) {
      throw new DojangError('invalid-money', `${text} is not an amount; write a whole number of dollars like 150 USD`);
    }
    return new Usd(Number(amount));
  }

  toString(): string {
    return `${this.amount} USD`;
  }

  toJSON(): string {
    return this.toString();
  }
}

/** Printed where the amount is unknown. */
const unknown = '-';

/** Dollars to the cent: `1,234.50`; what is there but less than half a cent is `<0.01`. */
export function usdText(amount: Big | undefined): string {
  if (amount === undefined) return unknown;
  const rounded = amount.round(2);
  if (rounded.eq('0') && !amount.eq('0')) return amount.lt('0') ? '>-0.01' : '<0.01';
  return grouped(rounded.abs().toFixed(2), { negative: rounded.lt('0') });
}

/** As `usdText`, with the sign of a change: `+31.20`. */
export function usdChangeText(amount: Big | undefined): string {
  const text = usdText(amount);
  return amount?.gt('0') && !text.startsWith('<') ? `+${text}` : text;
}

/** A price with all its digits: `0.00019`. */
export function amountText(amount: Big | undefined): string {
  return amount?.toFixed() ?? unknown;
}

/** `+20.5 %` */
export function percentText(percent: Big): string {
  return `${percent.gt('0') ? '+' : ''}${percent.toFixed(1)} %`;
}

/**
 * Won for dollars at a rate, rounded to 100 won: the rate itself is no more exact. Below 1,000 won
 * to the won. `KRW 43,700`
 */
export function krwText(usd: Big | undefined, krwPerUsd: Big): string {
  if (usd === undefined) return unknown;
  const won = usd.times(krwPerUsd);
  const rounded = won.abs().lt('1000') ? won.round(0) : won.round(-2);
  return `KRW ${grouped(rounded.abs().toFixed(0), { negative: rounded.lt('0') })}`;
}

function grouped(digits: string, { negative }: { readonly negative: boolean }): string {
  return `${negative ? '-' : ''}${digits.replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ',')}`;
}
