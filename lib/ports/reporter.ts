/** The port through which people hear what happens. */

/** Says in a few words what a long piece of work does or waits for right now. */
export type Progress = (note: string) => void;

/**
 * The end of a row whose work answered, and whose answer is a no: checks that failed, a difference
 * where one only looked.
 */
export interface FailedRow {
  readonly failed: string;
}

/** All output for the operator. */
export interface Reporter {
  /**
   * Announces the tasks that `work` will run, in this order: a terminal shows a row for each that
   * waits, and takes those away that have not begun when the work ends. Tasks that were not
   * announced get a row when they begin.
   * @param names those that `task` is called with
   */
  tasks<T>(names: readonly string[], work: () => Promise<T>): Promise<T>;
  /**
   * Runs one piece of work and shows its name, what it waits for, how long it took and how it
   * ended.
   */
  task<T>(name: string, work: (progress: Progress) => Promise<T>, done?: (result: T) => string | FailedRow): Promise<T>;
  /** A line of the answer. */
  line(text?: string): void;
  /** Something the operator should know that is no fault. */
  note(text: string): void;
}
