import type { RecordStore } from '../../../../lib/ports/records.ts';
import { type ReleaseRecord, recordText } from '../../../../lib/release/record.ts';

/** Records in memory under the conditions of S3. */
export class MemoryRecords implements RecordStore {
  readonly texts = new Map<string, string>();
  /** What happens before the next record is created. */
  beforeCreate: (() => void) | undefined;
  isReachable = true;

  constructor(...records: readonly ReleaseRecord[]) {
    for (const record of records) this.texts.set(record.id, recordText(record));
  }

  async names() {
    this.#reach();
    return [...this.texts.keys()];
  }

  async read(name: string) {
    this.#reach();
    return this.texts.get(name);
  }

  async create(name: string, text: string) {
    this.#reach();
    const before = this.beforeCreate;
    this.beforeCreate = undefined;
    before?.();
    if (this.texts.has(name)) return false;
    this.texts.set(name, text);
    return true;
  }

  async replace(name: string, text: string) {
    this.#reach();
    this.texts.set(name, text);
  }

  #reach(): void {
    if (!this.isReachable) throw new Error('the bucket cannot be reached');
  }
}
