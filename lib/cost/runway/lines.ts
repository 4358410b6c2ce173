/** Runways as lines of a terminal. */
import { usdText } from '../../values/money.ts';
import { wrapped } from '../render/wrap.ts';
import type { Runway } from './runway.ts';

export function runwayLines(runways: readonly Runway[]): string[] {
  const weeks = runways[0]?.horizon.weeks ?? 0;
  const head = row('', 'credit', 'a month', 'a week', 'empty on', `${weeks} weeks owe`);
  return [head, ...runways.flatMap((each) => runwayRow(each)), '', ...curve(runways)];
}

function runwayRow({ provider, left, monthly, weekly, empty, lost, horizon, afterwards }: Runway): string[] {
  const line = row(provider, usdText(left), usdText(monthly), usdText(weekly), empty ?? 'never', usdText(horizon.owed));
  const expired = lost.gt('0') ? wrapped(`${usdText(lost)} USD of it expire unused on that day`, 6) : [];
  return [line, ...expired, ...(empty ? wrapped(`then: ${afterwards}`, 6) : wrapped('nothing is spent there', 6))];
}

function row(provider: string, ...cells: readonly string[]): string {
  return `  ${provider.padEnd(10)}${cells.map((cell) => cell.padStart(13)).join('')}`;
}

/** What is left on the first day of each week. */
function curve(runways: readonly Runway[]): string[] {
  const days = runways[0]?.weeks.map(({ day }) => day) ?? [];
  const left = (index: number) => runways.map(({ weeks }) => usdText(weeks[index]?.left).padStart(13)).join('');
  const head = `  ${'left on'.padEnd(12)}${runways.map(({ provider }) => provider.padStart(13)).join('')}`;
  return [head, ...days.map((day, index) => `  ${day.padEnd(12)}${left(index)}`)];
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
