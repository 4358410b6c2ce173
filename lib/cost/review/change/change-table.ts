/**
 * The table of a comment: what each cloud costs now and then, and the lines that make the
 * difference.
 */
import { counted } from '../../../values/counted.ts';
import { usdChangeText, usdText } from '../../../values/money.ts';
import { sum } from '../../decimal.ts';
import type { CostLine, LineChange } from '../../estimate/report.ts';
import { providerName } from '../../render/format.ts';
import { amountOfUnit, atLeast, quantity } from '../formats/format.ts';
import { code, firstOf, nameCode, plainName, table } from '../formats/markdown.ts';
import type { Review } from '../review.ts';
import { type ChangeRow, changeRows } from './change-rows.ts';
import type { CloudChange } from './changes-by-provider.ts';

/** Rows shown for each cloud; the others are summed up, or counted where they are not known. */
const shownRows = 8;
const shownUnknown = 3;

export function changeTable({ clouds, cost: { before, after, known: change, opened } }: Review): string {
  return table(
    [
      ['USD a month', 'now', 'then', 'change'],
      ...clouds.flatMap(cloudRows),
      [
        '**Total**',
        `**${usdText(before.total)}**`,
        `**${atLeast(after.total, { open: opened.length > 0 })}**`,
        `**${usdChangeText(change)}**`,
      ],
    ],
    3,
  );
}

function cloudRows({ provider, before, after, change, open, lines }: CloudChange): string[][] {
  const rows = changeRows(lines);
  const notable = firstOf(rows.filter(isNotable), shownRows);
  const unknown = firstOf(
    rows.filter((row) => row.change === 'unknown'),
    shownUnknown,
  );
  const rest = rows.filter((row) => row.change !== 'unknown' && !notable.shown.includes(row));
  return [
    [`**${providerName[provider]}**`, `**${usdText(before)}**`, `**${atLeast(after, { open })}**`, `**${usdChangeText(change)}**`],
    ...notable.shown.map(cells),
    ...(rest.length > 0
      ? [[counted(rest.length, 'smaller change'), '', '', usdChangeText(sum(rest.flatMap((row) => known(row.change) ?? [])))]]
      : []),
    ...unknown.shown.map(cells),
    ...(unknown.more > 0 ? [[`${counted(unknown.more, 'more change')} that could not be priced`, '', '', '-']] : []),
  ];
}

/** Every change, when the table above does not show each; names are whole. */
export function allChanges({ clouds }: Review): string[] {
  if (!shortensChanges({ clouds })) return [];
  const rows = clouds.flatMap(({ provider, lines }) =>
    changeRows(lines).map((row) => [providerName[provider], `${code(row.resource.id)} ${code(row.resource.stack)}`, ...cells(row)]),
  );
  return [table([['cloud', 'resource and stack', 'what', 'now', 'then', 'change'], ...rows], 3, { dense: true })];
}

/** Whether the table above leaves out a change. */
export function shortensChanges({ clouds }: Pick<Review, 'clouds'>): boolean {
  return clouds.some(({ lines }) => leavesOut(changeRows(lines)));
}

function leavesOut(rows: readonly ChangeRow[]): boolean {
  const known = rows.filter(({ change }) => change !== 'unknown');
  return known.length > shownRows || rows.length - known.length > shownUnknown + 1 || known.some((row) => !isNotable(row));
}

/** At least a cent, as the table shows it. */
function isNotable({ change }: ChangeRow): boolean {
  return change !== 'unknown' && !change.round(2).eq('0');
}

function cells({ resource, line, before, after, change }: ChangeRow): string[] {
  const what = line ? describe(line) : `(${nameCode(resource.type)}) ${after ? 'new' : 'gone'}`;
  return [`${nameCode(resource.id)} ${what}`, amount(before), amount(after), usdChangeText(known(change))];
}

/** Nothing where there is no line, `-` where its amount is not known. */
function amount(value: ChangeRow['before']): string {
  return value === undefined ? '' : usdText(known(value));
}

function known<T>(value: T | 'unknown'): T | undefined {
  return value === 'unknown' ? undefined : (value as T);
}

/** `Machine: m7g.large → m7g.xlarge`, `Storage: 50 → 40 GB-month`. */
function describe({ name, before, after }: LineChange): string {
  if (!before || !after) return `${plainName(name)}, ${after ? 'new' : 'gone'}`;
  const differences = [
    differs(before.price.item, after.price.item),
    differs(before.price.region, after.price.region),
    quantities(before, after),
  ].filter((text) => text !== '');
  return `${plainName(name)}: ${differences.length > 0 ? differences.join(', ') : 'another price'}`;
}

function differs(before: string, after: string): string {
  return before === after ? '' : `${plainName(before)} → ${plainName(after)}`;
}

function quantities(before: CostLine, after: CostLine): string {
  const [old, now] = [before.quantity, after.quantity];
  if ((old && now && old.eq(now)) || (!old && !now)) return '';
  return `${old ? quantity(old) : '-'} → ${now ? amountOfUnit(now, after.unit) : '-'}`;
}
