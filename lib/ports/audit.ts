/** Where the audit records of an environment lie for all operators: one object a command. */

export interface AuditStore {
  /** Writes the whole text, also over an earlier one. It takes 15 s at most. */
  write(key: string, text: string): Promise<void>;
  /** Keys that come after this text, the oldest first. */
  keysAfter(start: string): Promise<readonly string[]>;
  /** Undefined when it is gone, or too long to be a record. */
  read(key: string): Promise<string | undefined>;
}
