/** A comparison as a table of a terminal, 80 columns, and as plain data. */
import { type Row, tableLines } from '../../text/table.ts';
import { hanging } from '../../text/wrap.ts';
import { counted } from '../../values/counted.ts';
import type { Big } from '../../values/decimal.ts';
import { usdChangeText, usdText } from '../../values/money.ts';
import type { Provider } from '../component.ts';
import { sum, zero } from '../decimal.ts';
import type { CostReport } from '../estimate/report.ts';
import { amountsData, knownByProvider, knownTotal } from '../render/format.ts';
import type { ComparedChoice } from './compare.ts';

export interface LineOptions {
  /** Adds under each row what it means, when credits end, and what could not be priced. */
  readonly why: boolean;
  /** Hours a day that the choices run a machine with a GPU; undefined for always. */
  readonly gpuHours?: number | undefined;
}

export function compareLines(name: string, rows: readonly ComparedChoice[], { why, gpuHours }: LineOptions): string[] {
  return [
    `${name}: what it could be instead, USD a month, the cheapest first`,
    '',
    ...tableLines(columns, [
      ['', '', 'a month', 'AWS', 'GCP', 'other', 'change'],
      ...rows.flatMap((each) => [rowOf(each), ...(why ? reasonLines(each) : [])]),
    ]),
    '',
    ...legend(rows),
    ...(gpuHours === undefined ? [] : [`changes are against the plan with its GPU machine ${gpuHours} hours a day too`]),
  ];
}

const amount = { align: 'right', min: 8 } as const;
/** A mark, a choice, and what it costs. */
const columns = [{ gap: 0 }, { gap: 1, min: 24 }, amount, amount, amount, amount, amount];

function rowOf({ choice, cost, open }: ComparedChoice): Row {
  const { after } = cost;
  const [aws, gcp, other] = columnsOf(after);
  const least = (amount: Big | undefined, text: string) => `${open && amount ? '≥' : ''}${text}`;
  const [total, change] = [knownTotal(after).total, knownChange(cost, { open })];
  const cells = [least(total, usdText(total)), usdText(aws), usdText(gcp), usdText(other)];
  return [markOf(choice), choice?.name ?? 'as planned', ...cells, choice ? least(change, usdChangeText(change)) : ''];
}

/** Nothing is known of a change that is 0 only because what changes has no amount. */
function knownChange({ known }: ComparedChoice['cost'], { open }: Pick<ComparedChoice, 'open'>): Big | undefined {
  return open && known.eq('0') ? undefined : known;
}

function markOf(choice: ComparedChoice['choice']): string {
  if (!choice) return '>';
  return choice.notDeployable === undefined ? '' : '·';
}

/** AWS, GCP, and all the others together; undefined where nothing is known. */
function columnsOf(report: CostReport): readonly (Big | undefined)[] {
  const known = knownByProvider(report);
  const own = new Set<Provider>(['aws', 'gcp']);
  const others = [...known].filter(([provider]) => !own.has(provider)).map(([, usd]) => usd);
  const isUnknown = others.length > 0 && others.every((usd) => usd === undefined);
  const ofCloud = (provider: Provider) => (known.has(provider) ? known.get(provider) : zero);
  return [ofCloud('aws'), ofCloud('gcp'), isUnknown ? undefined : sum(others.flatMap((usd) => usd ?? []))];
}

function reasonLines({ choice, cost, runways }: ComparedChoice): string[] {
  const lasting = runways.flatMap(({ provider, empty }) => (empty ? [`${provider} until ${empty}`] : []));
  const [first, ...more] = cost.opened;
  const unknown =
    first &&
    `${first.resource.id}${first.line ? ` ${first.line.name}` : ''}: ${first.reason}${more.length > 0 ? `, and ${more.length} more` : ''}`;
  const parts = [
    ...(choice ? [choice.means] : []),
    ...(choice?.notDeployable ? [`not deployable: ${choice.notDeployable}`] : []),
    ...(unknown ? [`without an amount: ${unknown}`] : []),
    ...(lasting.length > 0 ? [`credit: ${lasting.join(', ')}`] : []),
  ];
  return parts.flatMap((part) => hanging('    -', part, 6));
}

function legend(rows: readonly ComparedChoice[]): string[] {
  const unpriced = rows.find(({ choice }) => !choice)?.cost.after.unknown.length ?? 0;
  return [
    '> as planned   · priced only, it cannot be deployed (--why says what is missing)',
    ...(rows.some(({ open }) => open) ? ['≥ something of it has no price, so that it costs more'] : []),
    ...(unpriced > 0 ? [`${counted(unpriced, 'line')} of the plan itself without an amount (dojang cost), in no sum`] : []),
  ];
}

export function compareData(rows: readonly ComparedChoice[]) {
  return rows.map(({ choice, cost, runways, open }) => ({
    name: choice?.name ?? 'as planned',
    planned: choice === undefined,
    asked: choice?.asked ?? null,
    means: choice?.means ?? null,
    deployable: choice?.notDeployable === undefined,
    notDeployable: choice?.notDeployable ?? null,
    total: knownTotal(cost.after).total?.toFixed() ?? null,
    byProvider: amountsData(knownByProvider(cost.after)),
    change: knownChange(cost, { open })?.toFixed() ?? null,
    atLeast: open,
    unknown: cost.opened.map(({ resource: { id, type }, line, reason }) => ({ id, type, line: line?.name ?? null, reason })),
    creditUntil: Object.fromEntries(runways.map(({ provider, empty }) => [provider, empty ?? null])),
  }));
}
