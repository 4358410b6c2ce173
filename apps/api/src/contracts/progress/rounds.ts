/**
 * In which round of work each waiting contract's turn comes, when all take equally long: a round
 * has so many places in all, and so many for one account. Contracts are added in the order of the
 * line; where an account has its share, the next in line is taken, as the worker does.
 */
export class Rounds {
  readonly #places: number;
  readonly #share: number;
  /** How many each round has; those before `#open` are full. */
  readonly #taken: number[] = [];
  #open = 0;
  /** The last round of each person, and how many of theirs are in it. */
  readonly #last = new Map<number, { round: number; count: number }>();

  constructor(places: number, share: number) {
    this.#places = places;
    this.#share = share;
  }

  /**
   * Adds the next contract of the line. @returns its round, 0 for the one that is being worked on
   *
   * Work for a whole line is in proportion to its length, but for rounds that others have filled
   * beyond the last one of an account.
   */
  add(personId: number): number {
    const last = this.#last.get(personId) ?? { round: 0, count: 0 };
    let round = Math.max(this.#open, last.count < this.#share ? last.round : last.round + 1);
    while (this.#isFull(round)) round++;
    this.#take(round, personId, last);
    return round;
  }

  /** A contract that is being worked on, whether or not there is a place for it. */
  addRunning(personId: number): void {
    this.#take(0, personId, this.#last.get(personId) ?? { round: 0, count: 0 });
  }

  #take(round: number, personId: number, last: { round: number; count: number }): void {
    this.#taken[round] = (this.#taken[round] ?? 0) + 1;
    this.#last.set(personId, { round, count: last.round === round ? last.count + 1 : 1 });
    while (this.#isFull(this.#open)) this.#open++;
  }

  #isFull(round: number): boolean {
    return (this.#taken[round] ?? 0) >= this.#places;
  }
}
