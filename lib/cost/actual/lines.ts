/** The estimate beside the bill, as lines of a terminal. */
import { type Row, tableLines } from '../../text/table.ts';
import type { Big } from '../../values/decimal.ts';
import { percentText, usdChangeText, usdText } from '../../values/money.ts';
import { sum, zero } from '../decimal.ts';
import type { Actual, ComparisonLine } from './compare.ts';

export function actualLines({ period, part, lines }: Actual): string[] {
  const providers = [...new Set(lines.map(({ provider }) => provider))];
  const wrong = lines.filter(({ off }) => off).length;
  return [
    `  ${period.from} up to ${period.until}: ${part.times('100').toFixed(1)} % of a month`,
    '',
    ...tableLines(columns, [
      ['', '', 'estimated', 'spent', 'difference'],
      ...providers.flatMap((provider) => providerRows(provider, lines)),
    ]),
    '',
    wrong === 0 ? '  every component is within a fifth of its estimate' : `  ! ${wrong} differ by more than a fifth and more than 1 USD`,
  ];
}

/** A mark, a component, what it was estimated to cost and did, and the difference. */
const columns = [{ gap: 0 }, { gap: 1, min: 28 }, amount(9), amount(9), amount(9), amount(13)];

function amount(min: number) {
  return { align: 'right', min } as const;
}

function providerRows(provider: string, all: readonly ComparisonLine[]): Row[] {
  const lines = all.filter((line) => line.provider === provider);
  const estimated = sum(lines.map((line) => line.estimated ?? zero));
  const spent = sum(lines.map((line) => line.spent ?? zero));
  return [
    ...lines.flatMap(comparisonRows),
    ['', `${provider} together`, usdText(estimated), usdText(spent), usdChangeText(spent.minus(estimated)), percent(spent, estimated)],
  ];
}

function comparisonRows({ provider, component, estimated, spent, difference, off, rows }: ComparisonLine): Row[] {
  const cells = [
    usdText(estimated),
    usdText(spent),
    usdChangeText(difference),
    estimated ? percent(spent ?? zero, estimated) : 'not estimated',
  ];
  return [[off ? '!' : '', `${provider} ${component}`, ...cells], ...rows.map(({ what, usd }) => `      ${what}  ${usdText(usd)}`)];
}

function percent(spent: Big, estimated: Big): string {
  if (estimated.eq('0')) return '';
  const change = spent.minus(estimated).div(estimated).times('100').round(1);
  return change.eq('0') ? '0.0 %' : percentText(change);
}

export function actualData({ period, part, lines, spent }: Actual) {
  return {
    period,
    part: part.toFixed(),
    spent: Object.fromEntries([...spent].map(([provider, usd]) => [provider, usd.toFixed()])),
    lines: lines.map(({ estimated, spent: usd, difference, rows, ...line }) => ({
      ...line,
      estimated: estimated?.toFixed() ?? null,
      spent: usd?.toFixed() ?? null,
      difference: difference.toFixed(),
      rows: rows.map(({ what, usd: amount }) => ({ what, usd: amount.toFixed() })),
    })),
  };
}
