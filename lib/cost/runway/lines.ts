/** Runways as lines of a terminal. */
import { type Row, tableLines } from '../../text/table.ts';
import { wrapped } from '../../text/wrap.ts';
import { usdText } from '../../values/money.ts';
import type { Runway } from './runway.ts';

export function runwayLines(runways: readonly Runway[]): string[] {
  const weeks = runways[0]?.horizon.weeks ?? 0;
  const head = ['', 'credit', 'a month', 'a week', 'empty on', `${weeks} weeks owe`];
  const rows = tableLines([{ min: 10 }, ...head.slice(1).map(() => figure)], [head, ...runways.flatMap(runwayRows)]);
  return [...rows, '', ...curve(runways)];
}

const figure = { align: 'right', gap: 1, min: 12 } as const;

function runwayRows({ provider, left, monthly, weekly, empty, lost, horizon, afterwards }: Runway): Row[] {
  const line = [provider, usdText(left), usdText(monthly), usdText(weekly), empty ?? 'never', usdText(horizon.owed)];
  const expired = lost.gt('0') ? wrapped(`${usdText(lost)} USD of it expire unused on that day`, 6) : [];
  return [line, ...expired, ...(empty ? wrapped(`then: ${afterwards}`, 6) : wrapped('nothing is spent there', 6))];
}

/** What is left on the first day of each week. */
function curve(runways: readonly Runway[]): string[] {
  const days = runways[0]?.weeks.map(({ day }) => day) ?? [];
  const head = ['left on', ...runways.map(({ provider }) => provider)];
  const rows = days.map((day, index) => [day, ...runways.map(({ weeks }) => usdText(weeks[index]?.left))]);
  return tableLines([{ min: 12 }, ...runways.map(() => figure)], [head, ...rows]);
}

/** A runway as plain data. */
export function runwayData({ provider, credit, left, from, monthly, weekly, empty, lost, weeks, horizon, afterwards }: Runway) {
  return {
    provider,
    credit: credit.toFixed(),
    left: left.toFixed(),
    from,
    monthly: monthly.toFixed(),
    weekly: weekly.toFixed(2),
    empty: empty ?? null,
    lost: lost.toFixed(2),
    weeks: weeks.map((point) => ({ day: point.day, left: point.left.toFixed(2) })),
    horizon: { weeks: horizon.weeks, cost: horizon.cost.toFixed(2), owed: horizon.owed.toFixed(2) },
    afterwards,
  };
}
