/** Amounts of money. */
import { DojangError } from '../errors.ts';

/** A whole amount of US dollars, as budgets are given. Immutable. */
export class Usd {
  readonly amount: number;

  private constructor(amount: number) {
    this.amount = amount;
  }

  /** @throws DojangError `invalid-money` unless the text is a positive whole amount like `150 USD`. */
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
