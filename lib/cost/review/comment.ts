/** The comment in a pull request: what a reviewer wants to know first, first. */
import { type Holding, holdingOf } from '../../inventory/holds.ts';
import { krwText, usdChangeText, usdText } from '../../values/money.ts';
import { isOpen } from '../difference.ts';
import type { PriceBook } from '../price.ts';
import type { CostDifference } from '../report.ts';
import { changeTable } from './change-table.ts';
import { details } from './details.ts';
import { code, plain } from './markdown.ts';
import { riskLines, unknownLines, verdictLines } from './notes.ts';
import { isRefused, type Review, saysSomething } from './review.ts';
import type { RiskKind } from './risks.ts';
import type { RunwayChange } from './runways.ts';
import { atLeast, providerName } from './words.ts';

/** By which the comment is found again. Invisible, and the first thing in it. */
export const marker = '<!-- dojang review -->';

/** GitHub takes 65,536 characters. */
const longest = 65_000;
/** Of them, what goes around the details: a summary, a heading, a line that says what was left out. */
const around = 1_000;

export interface CommentContext {
  /** Revisions that were compared, as a person writes them. */
  readonly base: string;
  readonly head: string;
  readonly book: Pick<PriceBook, 'asOf'>;
}

/** One comment for all environments of a change. */
export function commentOf(reviews: readonly Review[], context: CommentContext): string {
  const parts = reviews.map((review) => ({ review, text: joined(summaryOf(review)) }));
  const end = [footer(reviews, context)];
  const room = longest - joined([marker, ...parts.map(({ text }) => text), ...end]).length;
  const each = Math.floor(room / Math.max(1, reviews.length)) - around;
  const sections = parts.flatMap(({ review, text }) => [text, ...detailsOf(review, each), '']);
  return `${joined([marker, '', ...sections, ...end])}\n`;
}

function detailsOf({ cost, environment }: Review, room: number): string[] {
  return room > 0 ? ['', ...details(cost.after, environment, room)] : [];
}

function summaryOf(review: Review): string[] {
  const { environment, cost, runways } = review;
  const said = [broken(riskLines(review)), broken(verdictLines(review)), unknownLines(cost)];
  return [
    `### Cost of ${plain(environment)}: ${headline(review)}`,
    '',
    [`${usdText(cost.before.total)} → ${atLeast(cost.after.total, cost.opened.length > 0)} USD a month.`, ...runwayText(runways)].join(' '),
    ...(saysSomething(review) ? [] : ['', 'This change leaves the bill as it is and puts nothing at risk.']),
    '',
    changeTable(review),
    ...said.flatMap((lines) => (lines.length > 0 ? ['', ...lines] : [])),
  ];
}

/** `+31.20 USD a month (KRW 42,400)`, and what else must not be overlooked. */
function headline(review: Review): string {
  return [amountText(review.cost), ...alarms(review)].join(' · ');
}

/** Only what is known on both sides is added up: a price that nobody knows any more is no money saved. */
function amountText(cost: CostDifference): string {
  const { known, after } = cost;
  if (known.eq('0')) return isOpen(cost) ? 'a change that could not be priced' : 'no change';
  const inWon = after.rate ? ` (${krwText(known, after.rate.krwPerUsd)})` : '';
  return `${usdChangeText(known)} USD a month${inWon}${isOpen(cost) ? ', and what could not be priced' : ''}`;
}

function alarms(review: Review): string[] {
  return [
    ...alarm('⛔ loses', review, 'lose'),
    ...alarm('⛔ leaves behind', review, 'leave'),
    ...(isRefused(review) ? ['❌ refused by policy'] : []),
  ];
}

function alarm(verb: string, { risks }: Review, kind: RiskKind): string[] {
  const held = new Set(risks.filter((risk) => risk.kind === kind).flatMap(({ change }) => holdingOf(change.type) ?? []));
  return held.size === 0 ? [] : [`${verb} ${[...held].map((holding) => heldWord[holding]).join(', ')}`];
}

const heldWord: Record<Holding, string> = { data: 'data', address: 'an address', machine: 'a machine' };

function runwayText(runways: readonly RunwayChange[]): string[] {
  if (runways.length === 0) return [];
  return [`Credit lasts: ${runways.map(lasting).join('; ')}.`];
}

function lasting({ provider, before, after, open, lost }: RunwayChange): string {
  const day = (text: string | undefined) => (text ? `until ${text}` : 'unused');
  const unused = lost.gt('0') ? ` (${usdText(lost)} USD of it lost unused)` : '';
  const sooner = open ? ' or sooner, as something of it could not be priced' : '';
  return `${providerName[provider]} ${before === after ? day(after) : `${day(before)} → **${day(after)}**`}${sooner}${unused}`;
}

/** Lines that stay lines: Markdown joins what stands below each other. */
function broken(lines: readonly string[]): string[] {
  return lines.map((line, index) => (index === lines.length - 1 ? line : `${line}\\`));
}

function footer(reviews: readonly Review[], { base, head, book }: CommentContext): string {
  const rate = reviews.map(({ cost }) => cost.after.rate).find((each) => each !== undefined);
  const parts = [
    `${code(head)} compared with ${code(base)}`,
    `prices as of ${book.asOf}`,
    ...(rate ? [`1 USD = ${rate.krwPerUsd.toFixed()} KRW (${rate.asOf})`] : []),
    'plans only: no cloud was asked',
  ];
  return `<sub>${parts.join(' · ')}</sub>`;
}

function joined(lines: readonly string[]): string {
  return lines.join('\n');
}
