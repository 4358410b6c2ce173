/** What would change, as lines of a terminal and as data. */
import { type Row, tableLines } from '../../text/table.ts';
import { wrapped } from '../../text/wrap.ts';
import { usdChangeText, usdText } from '../../values/money.ts';
import { sum, zero } from '../decimal.ts';
import type { CostDifference, CostReport, LineChange } from '../estimate/report.ts';
import { knownByProvider, knownTotal } from '../render/format.ts';
import { runwayData } from '../runway/lines.ts';
import type { LeastSpend } from '../runway/minimum-spend.ts';
import type { Runway } from '../runway/runway.ts';

export interface Runways {
  readonly before: readonly Runway[];
  readonly after: readonly Runway[];
  /** Providers whose credit may be empty sooner than that, as something new has no price. */
  readonly open: LeastSpend['open'];
}

export function whatIfLines(name: string, cost: CostDifference, runways: Runways): string[] {
  const { before, after, known, lines, opened } = cost;
  const [ofBefore, ofAfter] = [knownByProvider(before), knownByProvider(after)];
  const providers = [...new Set([...ofBefore.keys(), ...ofAfter.keys()])];
  return [
    `${name}: ${usdText(knownTotal(before).total)} -> ${usdText(knownTotal(after).total)} USD a month, ${usdChangeText(known)}`,
    '',
    ...tableLines(columns, [
      ['', 'now', 'then', 'change'],
      ...providers.map((provider) => {
        const [now, then] = [ofBefore, ofAfter].map((amounts) => (amounts.has(provider) ? amounts.get(provider) : zero));
        const changes = lines.flatMap(({ resource, change }) => (resource.provider === provider && change) || []);
        return [provider, usdText(now), usdText(then), usdChangeText(sum(changes))];
      }),
      '',
      ...lines.filter(isTelling).map(rowOf),
    ]),
    ...(opened.length > 0 ? ['', ...opened.flatMap(openedLines)] : []),
    '',
    ...runways.before.flatMap((runway, index) => lasting(runway, runways.after[index], runways.open)),
  ];
}

const amount = { align: 'right', min: 10 } as const;
const columns = [{ min: 42 }, amount, amount, amount];

function openedLines({ resource, line, reason }: CostReport['unknown'][number]): string[] {
  return wrapped(`- ${resource.id}${line ? ` ${line.name}` : ''}: ${reason}`, 2);
}

/** Not a line that is unknown before and after, nor one that only costs the same elsewhere. */
function isTelling({ before, after, change }: LineChange): boolean {
  return change ? !change.eq('0') : before?.amount !== undefined || after?.amount !== undefined || !before || !after;
}

function rowOf({ resource, name, before, after, change }: LineChange): Row {
  const amounts = [before, after].map((line) => (line ? usdText(line.amount) : ''));
  return [`${resource.id} ${name}`.slice(0, 40), ...amounts, usdChangeText(change)];
}

function lasting({ provider, credit, empty }: Runway, after: Runway | undefined, open: Runways['open']): string[] {
  const days = [empty, after?.empty].map((day) => day ?? 'never empty');
  const text = days[0] === days[1] ? `${days[0]} as now` : days.join(' -> ');
  const line = `  ${provider} credit of ${usdText(credit)}: ${text}`;
  return open.has(provider) ? [`${line} or sooner`, ...wrapped(sooner, 4)] : [line];
}

const sooner = 'what has no price any more is counted as it was, and what is new and has none is not counted';

export function whatIfData({ before, after, known, lines, opened }: CostDifference, runways: Runways) {
  return {
    before: knownTotal(before).total?.toFixed() ?? null,
    after: knownTotal(after).total?.toFixed() ?? null,
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
    runways: { before: runways.before.map(runwayData), after: runways.after.map(runwayData), open: [...runways.open] },
    opened: opened.map(({ resource: { provider, stack, id, type }, line, reason }) => ({
      provider,
      stack,
      id,
      type,
      line: line?.name ?? null,
      reason,
    })),
  };
}
