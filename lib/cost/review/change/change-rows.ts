/**
 * The rows of what differs: one for a line that changed, one for a resource that comes or goes as a
 * whole.
 */
import type { Big } from 'big.js';
import type { BilledResource } from '../../component.ts';
import { sum } from '../../decimal.ts';
import type { LineChange } from '../../estimate/report.ts';

export interface ChangeRow {
  readonly resource: BilledResource;
  /** The line; undefined for the whole resource, which is then new or gone. */
  readonly line: LineChange | undefined;
  /** Undefined where there is nothing; `unknown` where the amount is not known. */
  readonly before: Big | 'unknown' | undefined;
  readonly after: Big | 'unknown' | undefined;
  readonly change: Big | 'unknown';
}

/** The largest change first, what is not known last. */
export function changeRows(lines: readonly LineChange[]): ChangeRow[] {
  const groups = Map.groupBy(lines, ({ resource: { provider, stack, type, id } }) => `${provider}\n${stack}\n${type}\n${id}`);
  return [...groups.values()].flatMap(rowsOf).sort(bySize);
}

/** What is not known stays a row of its own, so that no sum hides it. */
function rowsOf(lines: readonly LineChange[]): ChangeRow[] {
  const known = lines.filter(({ change }) => change !== undefined);
  const [first] = known;
  const comes = lines.every(({ before }) => before === undefined);
  const goes = lines.every(({ after }) => after === undefined);
  if (!first || known.length === 1 || (!comes && !goes)) return lines.map(lineRow);
  const total = sum(known.flatMap(({ change }) => change ?? []));
  const whole: ChangeRow = {
    resource: first.resource,
    line: undefined,
    before: goes ? total.neg() : undefined,
    after: comes ? total : undefined,
    change: total,
  };
  return [whole, ...lines.filter(({ change }) => change === undefined).map(lineRow)];
}

function lineRow(line: LineChange): ChangeRow {
  const { resource, before, after, change } = line;
  return {
    resource,
    line,
    before: before && (before.amount ?? 'unknown'),
    after: after && (after.amount ?? 'unknown'),
    change: change ?? 'unknown',
  };
}

function bySize({ change: one }: ChangeRow, { change: other }: ChangeRow): number {
  if (one === 'unknown' || other === 'unknown') return Number(one === 'unknown') - Number(other === 'unknown');
  return other.abs().cmp(one.abs());
}
