import type { LockStore, StoredLock } from '../../../../lib/ports/lock.ts';

/** A lock in memory under the conditions of S3, with a clock of its own. */
export class MemoryLockStore implements LockStore {
  /** Seconds. */
  clock = 0;
  isReachable = true;
  /** What happens between a read and the write that follows it. */
  beforeWrite: (() => Promise<void>) | undefined;
  #stored: { text: string; tag: string; at: number } | undefined;
  #writes = 0;

  get text(): string | undefined {
    return this.#stored?.text;
  }

  async read(): Promise<StoredLock | undefined> {
    this.#reach();
    const stored = this.#stored;
    return stored && { text: stored.text, tag: stored.tag, ageSeconds: this.clock - stored.at };
  }

  async write(text: string, over?: string): Promise<string | undefined> {
    this.#reach();
    const before = this.beforeWrite;
    this.beforeWrite = undefined;
    await before?.();
    if (this.#stored?.tag !== over) return undefined;
    this.put(text);
    return this.#stored?.tag;
  }

  async remove(tag: string): Promise<void> {
    this.#reach();
    if (this.#stored?.tag === tag) this.#stored = undefined;
  }

  /** As by hand, without a condition. */
  put(text: string | undefined): void {
    this.#writes += 1;
    this.#stored = text === undefined ? undefined : { text, tag: `"${this.#writes}"`, at: this.clock };
  }

  #reach(): void {
    if (!this.isReachable) throw new Error('the bucket cannot be reached');
  }
}
