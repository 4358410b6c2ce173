/**
 * Waits for Google APIs that were enabled a moment ago: until that is known everywhere, their
 * requests are refused.
 */
import pRetry from 'p-retry';
import { enableApisCommand } from '../../../../lib/config/google-apis.ts';
import { DojangError, messageOf } from '../../../../lib/errors/dojang-error.ts';
import type { Progress } from '../../../../lib/ports/reporter.ts';
import { EngineFailed } from '../engine/failures.ts';
import type { ActivationPatience, Session } from '../engine/session.ts';

/** Google says "a few minutes". */
const patient: ActivationPatience = { interval: 15_000, limit: 5 * 60_000 };

/**
 * Does the work again as long as disabled APIs are the only failure. The work must go on
 * from what an earlier try left.
 * @throws DojangError `gcp-apis-disabled` with the command that enables them, and whatever else the
 * work throws.
 */
export async function onceServicesAreActive<T>({ options, environment }: Session, progress: Progress, work: () => Promise<T>): Promise<T> {
  const { interval, limit } = options.activation ?? patient;
  return pRetry(work, {
    retries: Number.POSITIVE_INFINITY,
    minTimeout: interval,
    factor: 1,
    onFailedAttempt: ({ error, retriesConsumed }) => {
      const services = disabledServices(error);
      if (services.length === 0) throw error;
      const waited = retriesConsumed * interval;
      if (waited + interval > limit) throw stillDisabled(environment.gcp.project, services, waited, error);
      progress(`waiting for ${services.join(', ')}: enabled, and not everywhere yet`);
    },
  });
}

/**
 * The services that refused because they are off, like `compute.googleapis.com`; empty when
 * anything else went wrong too.
 */
export function disabledServices(error: unknown): string[] {
  const faults = error instanceof EngineFailed ? error.faults : [messageOf(error)];
  if (faults.length === 0 || !faults.every(isDisabled)) return [];
  return [...new Set(faults.flatMap((text) => /apis\/api\/([a-z0-9.-]+)\/overview/.exec(text)?.[1] ?? []))].sort();
}

/**
 * Without a project that pays for the call, Google uses the same word, and waiting does not help.
 */
function isDisabled(text: string): boolean {
  return /has not been used in project \S+ before or it is disabled/.test(text) && !/requires a quota project/.test(text);
}

function stillDisabled(project: string, services: readonly string[], waited: number, cause: unknown): DojangError {
  return new DojangError('gcp-apis-disabled', `GCP: ${services.join(', ')} is not enabled in ${project}`, {
    why: `A new project has its APIs off, and one that is enabled takes some minutes; ${Math.round(waited / 1000)} s were not enough.`,
    next: `${enableApisCommand(project)}; then run the same command again`,
    cause,
  });
}
