/** `dojang cost actual`: what was really spent beside the estimate, component by component. */
import type { Environment } from '../../../lib/config/environment.ts';
import { compareWithBill } from '../../../lib/cost/actual/compare.ts';
import { actualData, actualLines } from '../../../lib/cost/actual/lines.ts';
import { awsSpend, gcpSpend, type SpendRow } from '../../../lib/cost/actual/spend.ts';
import type { Provider } from '../../../lib/cost/component.ts';
import { DojangError, messageOf } from '../../../lib/errors/dojang-error.ts';
import type { Bills, Period } from '../../../lib/ports/bills.ts';
import { hanging } from '../../../lib/text/wrap.ts';
import type { DataOf } from '../../runtime/answers/format.ts';
import type { BilledEnvironment } from '../../runtime/cost/billed-environment.ts';
import type { Outcome } from '../../runtime/outcome.ts';
import { costActualAnswer } from './answer.ts';

/** What could be read of the bills. */
interface Read {
  readonly rows: readonly SpendRow[];
  readonly providers: readonly Provider[];
  /** Where the answers come from, and why a cloud's bill is not among them. */
  readonly notes: readonly string[];
}

/**
 * A cloud whose bill cannot be read is reported as a note, beside the other's. @throws the error
 * when neither can be read; `empty-period`.
 */
export async function readBills(environment: Environment, bills: Bills, period: Period): Promise<Read> {
  if (period.from >= period.until) throw emptyPeriod(period);
  const read = await Promise.allSettled([bills.aws(environment, period).then(awsSpend), bills.gcp(environment, period).then(gcpSpend)]);
  const failures = read.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  if (failures.length === read.length) throw failures[0];
  return {
    rows: read.flatMap((result): readonly SpendRow[] => (result.status === 'fulfilled' ? result.value : [])),
    providers: (['aws', 'gcp'] satisfies Provider[]).filter((_, index) => read[index]?.status === 'fulfilled'),
    notes: [...(bills.note ? [bills.note] : []), ...failures.map(failureNote)],
  };
}

export async function costActual(
  { environment, report }: BilledEnvironment,
  bills: Bills,
  period: Period,
): Promise<Outcome<DataOf<typeof costActualAnswer>>> {
  const { rows, providers, notes } = await readBills(environment, bills, period);
  const actual = compareWithBill(report, rows, period, providers);
  const lines = [`${environment.name}: what was spent, USD`, ...actualLines(actual), ...notes.flatMap(noteLines)];
  return { format: costActualAnswer, data: { environment: environment.name, ...actualData(actual), notes }, lines };
}

export const noteLines = (note: string) => hanging('  !', note, 4);

function failureNote(error: unknown): string {
  const next = error instanceof DojangError && error.next ? `; next: ${error.next}` : '';
  return `${messageOf(error)}${next}`;
}

function emptyPeriod({ from, until }: Period): DojangError {
  return new DojangError('empty-period', `no day lies between ${from} and ${until}`, {
    why: 'A bill of no days says nothing.',
    next: 'name a first day with --from and the day after the last with --until',
  });
}
