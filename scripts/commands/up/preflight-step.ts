/** The preflight as the first step of `up`. */
import type { CheckResult } from '../../../lib/preflight/check.ts';
import { type PreflightScope, preflightChecks } from '../../../lib/preflight/checks.ts';
import { noteText } from '../../../lib/preflight/report.ts';
import type { Clouds, Context } from '../../runtime/context.ts';
import { preflightFailure, preflightRow, runChecks } from '../../runtime/preflight-checks.ts';

/**
 * The first step of `up`: shown as one row, warnings and faults below it.
 * @throws DojangError `not-ready` when a check fails
 */
export async function preflightStep(
  { environment, report }: Context,
  { preflight: ports }: Pick<Clouds, 'preflight'>,
  title: string,
  { hosts }: Pick<PreflightScope, 'hosts'>,
): Promise<void> {
  const checks = preflightChecks(environment, { hosts, now: new Date() });
  let results: readonly CheckResult[] = [];
  const work = async () => {
    results = await runChecks(checks, ports);
    const failure = preflightFailure(environment, results);
    if (failure) throw failure;
    return results;
  };
  try {
    await report.task(title, work, preflightRow);
  } finally {
    for (const result of results) if (['fault', 'warning'].includes(result.state)) report.note(noteText(result));
  }
}
