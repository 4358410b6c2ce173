/** Where the records of an environment's releases lie, for all operators: one object each. */

export interface RecordStore {
  /** Names of all records, like `2026-11-28.3`, in no order. */
  names(): Promise<readonly string[]>;
  /** Undefined where there is none. A record that is too long is read as an empty text. */
  read(name: string): Promise<string | undefined>;
  /** Complete or not at all. Answers false, and writes nothing, where there is one already. */
  create(name: string, text: string): Promise<boolean>;
  /** Complete or not at all, in place of what is there. */
  replace(name: string, text: string): Promise<void>;
}
