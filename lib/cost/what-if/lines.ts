/** What would change, as a person reads it. */
import { usdChangeText, usdText } from '../../values/money.ts';
import { zero } from '../exact.ts';
import type { CostDifference, LineChange } from '../report.ts';
import type { Runway } from '../runway.ts';
import { runwayData } from '../runway-lines.ts';
import { wrapped } from '../wrap.ts';

export interface Runways {
  readonly before: readonly Runway[];
  readonly after: readonly Runway[];
}

export function whatIfLines(name: string, cost: CostDifference, runways: Runways): string[] {
  const { before, after, known, lines } = cost;
  const providers = [...new Set([...before.byProvider.keys(), ...after.byProvider.keys()])];
  const opened = after.unknown.length - before.unknown.length;
  return [
    `${name}: ${usdText(before.total)} -> ${usdText(after.total)} USD a month, ${usdChangeText(known)}`,
    '',
    row('', 'now', 'then', 'change'),
    ...providers.map((provider) => {
      const [now, then] = [before.byProvider.get(provider) ?? zero, after.byProvider.get(provider) ?? zero];
      return row(provider, usdText(now), usdText(then), usdChangeText(then.minus(now)));
    }),
    '',
    ...lines.filter(isTelling).map(lineText),
    ...(opened > 0
      ? ['', ...after.unknown.slice(-opened).flatMap(({ resource, because }) => wrapped(`- ${resource.id}: ${because}`, 2))]
      : []),
    '',
    ...runways.before.map((runway, index) => lasting(runway, runways.after[index])),
    ...(opened > 0 ? ['  not counting what has no price'] : []),
  ];
}

/** Not a line that is unknown before and after, nor one that only costs the same elsewhere. */
function isTelling({ before, after, change }: LineChange): boolean {
  return change ? !change.eq('0') : before?.amount !== undefined || after?.amount !== undefined || !before || !after;
}

function lineText({ resource, name, before, after, change }: LineChange): string {
  const label = `${resource.id} ${name}`.slice(0, 40);
  return `  ${label.padEnd(42)}${cell(before)}${cell(after)}${usdChangeText(change).padStart(12)}`;
}

const cell = (line: LineChange['before']) => (line ? usdText(line.amount) : '').padStart(12);

function row(name: string, ...cells: readonly string[]): string {
  return `  ${name.padEnd(42)}${cells.map((each) => each.padStart(12)).join('')}`;
}

function lasting({ provider, credit, empty }: Runway, after: Runway | undefined): string {
  const days = [empty, after?.empty].map((day) => day ?? 'never empty');
  const text = days[0] === days[1] ? `${days[0]} as now` : days.join(' -> ');
  return `  ${provider} credit of ${usdText(credit)}: ${text}`;
}

export function whatIfData({ before, after, known, lines }: CostDifference, runways: Runways) {
  return {
    before: before.total.toFixed(),
    after: after.total.toFixed(),
    change: known.toFixed(),
    lines: lines.map(({ resource, name, before: now, after: then, change: by }) => ({
      provider: resource.provider,
      stack: resource.stack,
      id: resource.id,
      name,
      before: now?.amount?.toFixed() ?? null,
      after: then?.amount?.toFixed() ?? null,
      change: by?.toFixed() ?? null,
    })),
    runways: { before: runways.before.map(runwayData), after: runways.after.map(runwayData) },
  };
}
