/**
 * `dojang restore`: a dump, and the binary logs up to a time, in place of what the database holds.
 */
import { DojangError } from '../../../lib/errors/dojang-error.ts';
import type { HostShell } from '../../../lib/ports/host-shell.ts';
import { momentOf, type RequestedTime, requestedTime } from '../../../lib/release/database/moment.ts';
import { planRestore, type RestorePlan, timeOf } from '../../../lib/release/database/plan.ts';
import { restoreSteps } from '../../../lib/release/database/restore-steps.ts';
import type { Restored } from '../../../lib/release/database/script.ts';
import { failureText, planLines } from '../../../lib/release/plan/lines.ts';
import { tableLines } from '../../../lib/text/table.ts';
import { counted } from '../../../lib/values/counted.ts';
import type { DataOf } from '../../runtime/answers/format.ts';
import type { Context } from '../../runtime/context.ts';
import { dumpStoreOf, restoreDatabase, shipLogs } from '../../runtime/database/restore.ts';
import { withNotices } from '../../runtime/database/restore-notices.ts';
import type { RestorePorts } from '../../runtime/database/restore-ports.ts';
import type { Outcome } from '../../runtime/outcome.ts';
import { restoreAnswer, restorePlanAnswer } from './answer.ts';

export interface RestoreWords {
  /** Id or label of a dump. @default the newest that fits */
  readonly dump?: string;
  /** As typed; undefined: what the dump holds. */
  readonly to?: string;
  readonly rehearse: boolean;
}

/**
 * @throws DojangError `invalid-time`, `no-dump`, `binary-log-missing`, `stateful-change` without an
 *   approval that names the dump, `hook-failed`, `restore-failed`
 */
export async function restore(
  context: Context,
  ports: () => Promise<RestorePorts>,
  words: RestoreWords,
): Promise<Outcome<DataOf<typeof restoreAnswer>> | Outcome<DataOf<typeof restorePlanAnswer>>> {
  const requested = words.to === undefined ? undefined : requestedTime(words.to);
  if (context.options.dryRun) return restorePlan(words);
  const opened = await ports();
  const { aws, shell } = opened;
  const { report } = context;
  const to = requested && (await momentOnHost(context, shell, requested));
  const request = { ...(words.dump && { dump: words.dump }), ...(to && { to }) };
  const choose = async () => planRestore(await (await dumpStoreOf(context, aws)).stored(), request);
  const plan = await report.task('check', choose, chosenText);
  if (!words.rehearse) requireApproval(context, plan, words);
  const work = words.rehearse ? 'rehearse' : 'restore';
  const perform = () =>
    report.task(work, (progress) => restoreDatabase(context, shell, { plan, rehearse: words.rehearse }, progress), doneText);
  const restored = words.rehearse ? await perform() : await withNotices(context, opened, plan, perform);
  return { format: restoreAnswer, data: answerOf(context, plan, restored, words), lines: answerLines(plan, restored) };
}

/** What was written until then is shipped, if that can be done. */
async function momentOnHost(context: Context, shell: HostShell, requested: RequestedTime): Promise<Date> {
  const { report } = context;
  const { now, fault } = await report.task(
    'ship',
    (progress) => shipLogs(context, shell, progress),
    (shipped) => (shipped.fault === undefined ? '' : { failed: shipped.fault }),
  );
  if (fault !== undefined) report.note(`binary logs of the last minutes were not shipped (${fault}); those in the bucket are used`);
  return momentOf(requested, now);
}

/** What would be done, without asking a cloud. */
function restorePlan({ to, rehearse }: RestoreWords): Outcome<DataOf<typeof restorePlanAnswer>> {
  const steps = restoreSteps({ toTime: to !== undefined, rehearse });
  const data = steps.map(({ id, title, checks, limitSeconds, onFailure, compensation, where, serving }) => {
    return { id, title, checks, limitSeconds, onFailure: failureText(onFailure), compensation: compensation?.title, where, serving };
  });
  return { format: restorePlanAnswer, data, lines: planLines({ steps }) };
}

/** What is brought back replaces what the database holds, so the approval names the dump. */
function requireApproval({ environment: { name }, options }: Context, plan: RestorePlan, { to }: RestoreWords): void {
  const { id } = plan.dump;
  if (options.approve.includes(id)) return;
  const command = ['dojang restore', id, `--env ${name}`, ...(to === undefined ? [] : [`--to ${to.replace(' ', 'T')}`])].join(' ');
  throw new DojangError('stateful-change', `a restore of ${chosenText(plan)} replaces what the database of ${name} holds`, {
    why: 'What was written since is no longer in the service; a dump of what is replaced stays in the bucket.',
    next: `${command} --rehearse shows what would be there; ${command} --approve ${id} does it`,
  });
}

function chosenText({ dump, logs, to, ends }: RestorePlan): string {
  const from = `${dump.id}: ${counted(dump.tables.length, 'table')}, ${counted(dump.rows, 'row')}`;
  if (to === null) return from;
  return `${from}, and ${counted(logs.length, 'binary log')} to ${to} UTC${ends === null ? '' : `, which end at ${ends}`}`;
}

function doneText({ downtimeSeconds, tables, replaced }: Restored): string {
  const rows = tables.reduce((sum, each) => sum + each.rows, 0);
  const found = `${counted(tables.length, 'table')}, ${counted(rows, 'row')}`;
  return replaced === undefined && downtimeSeconds === 0 ? found : `${found}; ${downtimeSeconds.toFixed(1)} s of maintenance page`;
}

function answerOf({ environment }: Context, { dump, logs, to, ends }: RestorePlan, restored: Restored, { rehearse }: RestoreWords) {
  return {
    environment: environment.name,
    rehearsed: rehearse,
    dump: dump.id,
    at: dump.at,
    to: timeOf({ to }),
    ends,
    logs: logs.length,
    ...restored,
  };
}

function answerLines({ dump }: RestorePlan, { tables, steps, replaced, restored, downtimeSeconds }: Restored): string[] {
  const rows = tables.map(({ name, rows: count, checksum }) => [name, `${count}`, checksum.slice(0, 12)]);
  const times = steps.map(({ id, seconds }) => `${id} ${seconds.toFixed(1)} s`).join(', ');
  return [
    ...tableLines([{}, { align: 'right' }, {}], [['table', 'rows', 'checksum'], ...rows]),
    '',
    `steps: ${times}`,
    ...(restored === undefined
      ? ['the service was not touched; the scratch database is removed']
      : [`down for ${downtimeSeconds.toFixed(1)} s`]),
    ...(replaced === undefined ? [] : [`what was replaced: dojang restore ${replaced}`]),
    ...(restored === undefined ? [] : [`the next restore begins with ${restored}, not with ${dump.id}`]),
  ];
}
