/** Running the checks of a preflight: what `preflight` and the first step of `up` share. */
import type { Environment } from '../../lib/config/environment.ts';
import { DojangError } from '../../lib/errors/dojang-error.ts';
import type { PreflightPorts } from '../../lib/ports/preflight.ts';
import type { FailedRow } from '../../lib/ports/reporter.ts';
import { type CheckResult, type PreflightCheck, unknown } from '../../lib/preflight/check.ts';
import { nameOf, summary } from '../../lib/preflight/report.ts';

/** Milliseconds that one check may take. */
const limit = 15_000;

export function preflightRow(results: readonly CheckResult[]): string | FailedRow {
  return results.some(({ state }) => state === 'fault') ? { failed: summary(results) } : summary(results);
}

export function runChecks(checks: readonly PreflightCheck[], ports: PreflightPorts, limitMs = limit): Promise<CheckResult[]> {
  return Promise.all(
    checks.map(async (each) => {
      const { id, subject, title } = each;
      return { id, subject, title, ...(await within(limitMs, each.run(ports))) };
    }),
  );
}

/** A question without an answer must not hold up the others. */
async function within(limitMs: number, verdict: ReturnType<PreflightCheck['run']>): ReturnType<PreflightCheck['run']> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<ReturnType<typeof unknown>>((resolve) => {
    timer = setTimeout(() => resolve(unknown(`no answer within ${limitMs / 1000} s`)), limitMs);
  });
  return Promise.race([verdict, late]).finally(() => clearTimeout(timer));
}

export function preflightFailure({ name }: Environment, results: readonly CheckResult[]): DojangError | undefined {
  const faults = results.filter(({ state }) => state === 'fault');
  const [first] = faults;
  if (!first) return undefined;
  const which = faults.map(nameOf).join(', ');
  return new DojangError('not-ready', `${name} is not ready: ${which}`, {
    why: `${faults.length} of ${results.length} checks failed; nothing has been changed.`,
    next: faults.length === 1 ? first.remedy : `correct what is listed above, then dojang preflight --env ${name}`,
  });
}
