/**
 * The contracts whose analysis has failed once, as this process knows it. After a restart each may
 * fail once more.
 */

/** More than can be running and waiting for their second try: the oldest are forgotten. */
const most = 1_000;

export class FailedBefore {
  readonly #ids = new Set<string>();

  /**
   * Whether this is the first failure of the contract. The second one is its last: it is forgotten.
   */
  isFirst(id: string): boolean {
    if (this.#ids.delete(id)) return false;
    this.#ids.add(id);
    const [oldest] = this.#ids;
    if (this.#ids.size > most && oldest !== undefined) this.#ids.delete(oldest);
    return true;
  }
}
