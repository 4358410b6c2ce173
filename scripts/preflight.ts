/** `dojang preflight`: asks both clouds, the internet and this machine whether a deployment can succeed. It changes nothing. */
import type { Environment } from '../lib/config/environment.ts';
import { DojangError } from '../lib/errors.ts';
import type { FailedRow } from '../lib/ports.ts';
import { type CheckResult, type PreflightCheck, unknown } from '../lib/preflight/check.ts';
import { type PreflightScope, preflightChecks } from '../lib/preflight/checks.ts';
import type { PreflightPorts } from '../lib/preflight/ports.ts';
import { nameOf, noteText, reportLines, summary } from '../lib/preflight/report.ts';
import type { Clouds, Context, Outcome } from './context.ts';

/** Milliseconds that one check may take. */
const limit = 15_000;

/** Every check, all at the same time; none stops another. */
export async function preflight({ environment, report }: Context, { preflight: ports }: Pick<Clouds, 'preflight'>): Promise<Outcome> {
  const checks = preflightChecks(environment, { hosts: true, now: new Date() });
  const results = await report.task('preflight', () => runChecks(checks, ports), rowEnd);
  const data = { environment: environment.name, checks: results };
  return { data, lines: ['', ...reportLines(results)], failure: failureOf(environment, results) };
}

/** The checks that would be made, without making them. */
export function preflightPlan({ environment }: Context): Outcome {
  const data = preflightChecks(environment, { hosts: true, now: new Date() }).map(({ id, subject, title }) => ({ id, subject, title }));
  return { data, lines: data.map(({ id, subject, title }) => `  ${subject.padEnd(8)}  ${id.padEnd(30)}  ${title}`) };
}

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
    const failure = failureOf(environment, results);
    if (failure) throw failure;
    return results;
  };
  try {
    await report.task(title, work, rowEnd);
  } finally {
    for (const result of results) if (['fault', 'warning'].includes(result.state)) report.note(noteText(result));
  }
}

function rowEnd(results: readonly CheckResult[]): string | FailedRow {
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

function failureOf({ name }: Environment, results: readonly CheckResult[]): DojangError | undefined {
  const faults = results.filter(({ state }) => state === 'fault');
  const [first] = faults;
  if (!first) return undefined;
  const which = faults.map(nameOf).join(', ');
  return new DojangError('not-ready', `${name} is not ready: ${which}`, {
    why: `${faults.length} of ${results.length} checks failed; nothing has been changed.`,
    next: faults.length === 1 ? first.remedy : `correct what is listed above, then dojang preflight --env ${name}`,
  });
}
