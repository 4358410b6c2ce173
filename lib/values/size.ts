/** Amounts of memory and storage in binary units. */
import { DojangError } from '../errors/dojang-error.ts';

const mib = { MiB: 1, GiB: 1024, TiB: 1024 * 1024 } as const;
type Unit = keyof typeof mib;

/** An amount of memory or storage, whole mebibytes. Immutable; a lossy conversion is refused. */
export class Size {
  readonly mib: number;

  private constructor(amount: number) {
    this.mib = amount;
  }

  /**
   * @throws DojangError `invalid-size` unless the text is a positive number and a unit, like `4
   *   GiB` or `512 MiB`.
   */
  static of(text: string): Size {
    const [, amount, unit] = /^(\d+(?:\.\d+)?) ?(MiB|GiB|TiB)$/.exec(text) ?? [];
    if (!amount || !unit) {
      throw new DojangError('invalid-size', `${text} is not a size; write one like 4 GiB or 512 MiB`);
    }
    return Size.mib(Number(amount) * mib[unit as Unit]);
  }

  /** @throws DojangError `invalid-size` unless `amount` is a positive whole number. */
  static mib(amount: number): Size {
    if (!Number.isSafeInteger(amount) || amount <= 0) {
      throw new DojangError('invalid-size', `${amount} MiB is not a positive whole number of mebibytes`);
    }
    return new Size(amount);
  }

  static gib(amount: number): Size {
    return Size.mib(amount * mib.GiB);
  }

  /** Whole gibibytes. @throws DojangError `lossy-size` when there is a remainder. */
  get gib(): number {
    if (this.mib % mib.GiB !== 0) {
      throw new DojangError('lossy-size', `${this} is not a whole number of GiB; clouds sell disks in whole GiB`);
    }
    return this.mib / mib.GiB;
  }

  isMoreThan(other: Size): boolean {
    return this.mib > other.mib;
  }

  plus(other: Size): Size {
    return Size.mib(this.mib + other.mib);
  }

  toString(): string {
    return this.mib % mib.GiB === 0 ? `${this.mib / mib.GiB} GiB` : `${this.mib} MiB`;
  }

  toJSON(): string {
    return this.toString();
  }
}
