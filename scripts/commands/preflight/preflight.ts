/**
 * `dojang preflight`: asks both clouds, the internet and this machine whether a deployment can
 * succeed. It changes nothing.
 */
import { preflightChecks } from '../../../lib/preflight/checks.ts';
import { reportLines } from '../../../lib/preflight/report.ts';
import { tableLines } from '../../../lib/text/table.ts';
import type { DataOf } from '../../runtime/answers/format.ts';
import type { Clouds, Context } from '../../runtime/context.ts';
import type { Outcome } from '../../runtime/outcome.ts';
import { preflightFailure, preflightRow, runChecks } from '../../runtime/preflight-checks.ts';
import { preflightAnswer, preflightPlanAnswer } from './answer.ts';

/** Every check, all at the same time; none stops another. */
export async function preflight(
  { environment, report }: Context,
  { preflight: ports }: Pick<Clouds, 'preflight'>,
): Promise<Outcome<DataOf<typeof preflightAnswer>>> {
  const checks = preflightChecks(environment, { hosts: true, now: new Date() });
  const results = await report.task('preflight', () => runChecks(checks, ports), preflightRow);
  const data = { environment: environment.name, checks: results };
  return { format: preflightAnswer, data, lines: ['', ...reportLines(results)], failure: preflightFailure(environment, results) };
}

/** The checks that would be made, without making them. */
export function preflightPlan({ environment }: Context): Outcome<DataOf<typeof preflightPlanAnswer>> {
  const data = preflightChecks(environment, { hosts: true, now: new Date() }).map(({ id, subject, title }) => ({ id, subject, title }));
  const rows = data.map(({ id, subject, title }) => [subject, id, title]);
  return { format: preflightPlanAnswer, data, lines: tableLines([{ min: 8 }, { min: 30 }, {}], rows) };
}
