/** What every command gives back. */
import type { DojangError } from '../../lib/errors/dojang-error.ts';
import type { AnswerFormat } from './answers/format.ts';

/** How a verb ended. */
export interface Outcome<T> {
  /** Name, version and schema of what `--json` prints. */
  readonly format: AnswerFormat<T>;
  /** What `--json` prints after the name of the format. */
  readonly data: T;
  /** What is printed otherwise. */
  readonly lines?: readonly string[];
  /**
   * Set when the answer itself is a no: drift, a refused plan. Printed after the answer like any
   * other error; exit code 1.
   */
  readonly failure?: DojangError;
}

/** How a part ended that commands share: each command gives it its own format. */
export type PartOutcome<T> = Omit<Outcome<T>, 'format'>;
