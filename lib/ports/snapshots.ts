/** A snapshot of a disk, as its cloud knows it. */
export interface DiskSnapshot {
  /** Size of the disk that it was taken from: one that is made from it is not smaller. */
  readonly gib: number;
  /** Whether a disk can be made from it. */
  readonly isReady: boolean;
  /** The cloud's own word, like `pending` or `CREATING`. */
  readonly state: string;
}
