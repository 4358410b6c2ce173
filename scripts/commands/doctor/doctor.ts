/** `dojang doctor`: tries from every side what must work and what must not. It changes nothing. */

import type { Environment } from '../../../lib/config/environment.ts';
import { describeEnvironment } from '../../../lib/deployment/describe.ts';
import {
  type CheckResult,
  type From,
  failed,
  type HostCheck,
  ok,
  type PortCheck,
  resultOf,
  type Verdict,
} from '../../../lib/doctor/check.ts';
import { checksOf } from '../../../lib/doctor/checks.ts';
import { factsOf, isComplete } from '../../../lib/doctor/facts.ts';
import { reportLines, summary } from '../../../lib/doctor/report.ts';
import { hostScript, scriptLimit } from '../../../lib/doctor/script.ts';
import { DojangError, messageOf } from '../../../lib/errors/dojang-error.ts';
import type { HostName, HostShell } from '../../../lib/ports/host-shell.ts';
import type { Prober } from '../../../lib/ports/prober.ts';
import type { FailedRow, Progress } from '../../../lib/ports/reporter.ts';
import { tableLines } from '../../../lib/text/table.ts';
import { counted } from '../../../lib/values/counted.ts';
import { addressesOf } from '../../runtime/addresses.ts';
import { alarmSubscription } from '../../runtime/alarm-subscription.ts';
import type { DataOf } from '../../runtime/answers/format.ts';
import type { Clouds, Context } from '../../runtime/context.ts';
import type { Outcome } from '../../runtime/outcome.ts';
import { driftOf, wireBoth } from '../../runtime/wiring/wiring.ts';
import { doctorAnswer, doctorPlanAnswer } from './answer.ts';

export interface DoctorPorts {
  readonly shell: HostShell;
  /** Tries ports from the internet; for real clouds, from this machine. */
  readonly prober: Prober;
}

/** How long a port may keep silent, in milliseconds. */
const silence = 3000;

/**
 * Every check, from all sides at the same time. @throws DojangError `no-address` when there is
 * nothing to look at yet
 */
export async function doctor(
  { environment, report }: Context,
  clouds: Clouds,
  { shell, prober }: DoctorPorts,
): Promise<Outcome<DataOf<typeof doctorAnswer>>> {
  const addresses = await addressesOf(environment, clouds);
  const { hosts, external } = checksOf(environment, addresses);
  const side = (name: string, work: (progress: Progress) => Promise<CheckResult[]>) => report.task(name, work, failureCount);
  const results = await Promise.all([
    side('aws host', () => onHost(environment, shell, 'aws', hosts.aws)),
    side('gcp host', () => onHost(environment, shell, 'gcp', hosts.gcp)),
    side('internet', () => Promise.all(external.map((check) => onPorts(prober, check)))),
    side('here', (progress) => Promise.all([wiring(environment, clouds, progress), alarms(environment, clouds)])),
  ]);
  const all = results.flat();
  const outcome = { format: doctorAnswer, data: { environment: environment.name, checks: all }, lines: ['', ...reportLines(all)] };
  return all.every(({ state }) => state === 'ok' || state === 'warning')
    ? outcome
    : { ...outcome, failure: checksFailed(environment, all) };
}

/** What would be tried, before anything is deployed. */
export function doctorPlan({ environment }: Context): Outcome<DataOf<typeof doctorPlanAnswer>> {
  const { hosts, external } = checksOf(environment, { aws: 'aws-address', gcp: 'gcp-address' });
  const data = [...hosts.aws, ...hosts.gcp, ...external].map(({ id, from, title }) => ({ id, from, title }));
  const rows = data.map(({ id, from, title }) => [from, id, title]);
  return { format: doctorPlanAnswer, data, lines: tableLines([{ min: 8 }, { min: 20 }, {}], rows) };
}

function failureCount(results: readonly CheckResult[]): string | FailedRow {
  const text = summary(results).replace(/^doctor: /, '');
  return results.some(({ state }) => state === 'failed') ? { failed: text } : text;
}

/**
 * One command for all checks. When the host cannot be asked, that is one failure and the rest is
 * not tried.
 */
async function onHost(environment: Environment, shell: HostShell, host: HostName, checks: readonly HostCheck[]): Promise<CheckResult[]> {
  const began = new Date();
  const answer = await shell
    .run(host, hostScript(checks), { comment: 'dojang doctor', limitSeconds: scriptLimit })
    .catch((error: unknown) => ({ error }));
  const asked = { began, ended: new Date() };
  const answers = { id: `answers-${host}`, from: host as From, title: 'host answers to Systems Manager' };
  const trouble = 'error' in answer ? messageOf(answer.error) : cutOff(answer.stdout);
  if (trouble !== undefined) {
    const next = `dojang status --env ${environment.name}, then dojang provision --env ${environment.name}`;
    return [resultOf(answers, failed(trouble, next)), ...checks.map(untried)];
  }
  const facts = 'stdout' in answer ? factsOf(answer.stdout) : factsOf('');
  return [resultOf(answers, ok('')), ...checks.map((check) => resultOf(check, check.verdict(facts(check.probe.name), asked)))];
}

function cutOff(stdout: string): string | undefined {
  return isComplete(stdout) ? undefined : 'its output was cut off';
}

function untried({ id, title, from }: HostCheck): CheckResult {
  return { id, title, from, state: 'untried', detail: 'not tried' };
}

async function onPorts(prober: Prober, check: PortCheck): Promise<CheckResult> {
  const outcomes = check.ports.map(async (port) => ({ port, outcome: await prober.connect(check.from, check.address, port, silence) }));
  return resultOf(check, check.verdict(await Promise.all(outcomes)));
}

async function wiring(environment: Environment, clouds: Clouds, progress: Progress): Promise<CheckResult> {
  const count = driftOf(await wireBoth(describeEnvironment(environment), clouds, { apply: false }, progress));
  const next = `dojang wire --check --env ${environment.name} names them, dojang wire --env ${environment.name} repairs them`;
  const verdict: Verdict = count === 0 ? ok('') : failed(counted(count, 'difference'), next);
  return resultOf({ id: 'wiring', from: 'operator', title: 'rules and certificates are as configured' }, verdict);
}

async function alarms(environment: Environment, clouds: Clouds): Promise<CheckResult> {
  const title = `alarms reach ${environment.contact}`;
  return resultOf({ id: 'alarm-subscription', from: 'operator', title }, await alarmSubscription(environment, clouds));
}

function checksFailed({ name }: Environment, results: readonly CheckResult[]): DojangError {
  const first = results.find(({ state }) => state === 'failed');
  const count = results.filter(({ state }) => state === 'failed').length;
  return new DojangError('unhealthy', `${name} fails ${count} of ${results.length} checks`, { next: first?.next });
}
