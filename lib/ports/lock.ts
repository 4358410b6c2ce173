/** Where the lock of an environment lies, for all operators: one object, changed conditionally. */

export interface StoredLock {
  readonly text: string;
  /** Changes with each write. */
  readonly tag: string;
  /** Since it was written, by the clock of the store: an operator's own may be wrong. */
  readonly ageSeconds: number;
}

export interface LockStore {
  /** Undefined when nothing is locked. */
  read(): Promise<StoredLock | undefined>;
  /**
   * Writes the whole text, only where nothing is stored or, with `over`, only in place of that
   * record. Answers the new tag; undefined when the condition did not hold.
   */
  write(text: string, over?: string): Promise<string | undefined>;
  /** Removes that record; nothing when it has changed or is gone. */
  remove(tag: string): Promise<void>;
}
