/**
 * An interrupted benchmark ends what it has started and removes what it has made, as one that fails
 * does.
 */
import { DojangError } from '../../lib/errors/dojang-error.ts';

const controller = new AbortController();

/** Aborted by the first signal. */
export const interrupted = controller.signal;

/** A second signal ends the process at once. */
export function abortOnSignal(): void {
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(name, () => controller.abort(new DojangError('interrupted', `the benchmark was interrupted by ${name}`)));
  }
}
