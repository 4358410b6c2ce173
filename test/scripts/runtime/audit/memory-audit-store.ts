import type { AuditStore } from '../../../../lib/ports/audit.ts';

/** Audit records in memory. */
export class MemoryAuditStore implements AuditStore {
  readonly kept = new Map<string, string>();
  isReachable = true;

  async write(key: string, text: string): Promise<void> {
    this.#reach();
    this.kept.set(key, text);
  }

  async keysAfter(start: string): Promise<readonly string[]> {
    this.#reach();
    return [...this.kept.keys()].filter((key) => key > start).toSorted();
  }

  async read(key: string): Promise<string | undefined> {
    this.#reach();
    return this.kept.get(key);
  }

  #reach(): void {
    if (!this.isReachable) throw new Error('the bucket cannot be reached');
  }
}
