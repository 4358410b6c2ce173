/** The comment in a pull request: what a reviewer wants to know first, first. */
import { type Holding, holdingOf } from '../../inventory/holds.ts';
import { usdChangeText, usdText } from '../../values/money.ts';
import { isOpen } from '../difference.ts';
import { rateText, wonText } from '../exchange.ts';
import type { PriceBook } from '../price.ts';
import type { CostDifference } from '../report.ts';
import { allChanges, changeTable, shortensChanges } from './change-table.ts';
import { details } from './details.ts';
import { fitted, githubComment, jobSummary, type TextLimit } from './fit.ts';
import { firstOf, folded, nameCode, plainName } from './markdown.ts';
import { allNotes, riskLines, shortensNotes, unknownLines, verdictLines } from './notes.ts';
import { type PriceNews, priceNewsLines } from './price-news.ts';
import { isRefused, type Review, saysSomething } from './review.ts';
import type { RiskKind } from './risks.ts';
import type { RunwayChange } from './runways.ts';
import { atLeast, count, providerName } from './words.ts';

/** By which the comment is found again. Invisible, and the first thing in it. */
export const marker = '<!-- dojang review -->';

/** Of the room for the details, what goes around their table: a summary, a heading, a line that says what was left out. */
const around = 1_000;

export interface CommentContext {
  /** Revisions that were compared, as a person writes them. */
  readonly base: string;
  readonly head: string;
  readonly book: Pick<PriceBook, 'asOf'>;
  /** Undefined when the prices are the same at both revisions. */
  readonly news?: PriceNews;
}

/** One comment for all environments of a change, as long as a forge takes. Its lists are short; each says how many more there are. */
export function commentOf(reviews: readonly Review[], context: CommentContext, limit: TextLimit = githubComment): string {
  const shortenedLists = reviews.some((review) => shortensChanges(review) || shortensNotes(review));
  return textOf(reviews, { context, limit, more: shortenedLists ? whereTheRestIs : [], lists: () => [] });
}

/** The same with every list whole, as long as the summary of a job takes. */
export function reviewText(reviews: readonly Review[], context: CommentContext, limit: TextLimit = jobSummary): string {
  return textOf(reviews, { context, limit, more: [], lists: everythingOf });
}

const whereTheRestIs = [
  '',
  'Long lists are shortened here: `dojang review --output review.md` writes them whole, as the summary of the job on GitHub has them.',
];

interface TextParts {
  readonly context: CommentContext;
  readonly limit: TextLimit;
  /** Said below all environments. */
  readonly more: readonly string[];
  readonly lists: (review: Review) => readonly string[];
}

function textOf(reviews: readonly Review[], { context, limit, more, lists }: TextParts): string {
  const parts = reviews.map((review) => ({ review, text: joined([...summaryOf(review), ...lists(review)]) }));
  const news = priceNewsLines(context.news);
  const after = [...(news.length > 0 ? [...news, ''] : []), ...more, ...(more.length > 0 ? [''] : []), footer(reviews, context)];
  const fixed = joined([marker, '', ...parts.flatMap(({ text }) => [text, '']), ...after, '']);
  const room = limit.most - limit.sizeOf(fixed);
  const each = Math.floor(room / Math.max(1, reviews.length)) - around;
  if (room < 0) return cut(parts, { limit, after });
  const details = (review: Review) => detailsOf(review, { most: each, sizeOf: limit.sizeOf });
  return joined([marker, '', ...parts.flatMap(({ review, text }) => [text, ...details(review), '']), ...after, '']);
}

/** What every environment comes to, and then as much as fits. */
function cut(
  parts: readonly { readonly review: Review; readonly text: string }[],
  { limit, after }: Pick<TextParts, 'limit'> & { readonly after: readonly string[] },
): string {
  const { shown, more } = firstOf(parts, shownHeadings);
  const overview = [
    ...shown.map(({ review }) => `- ${plainName(review.environment)}: ${headline(review)}`),
    ...(more > 0 ? [`- and ${count(more, 'more environment')}`] : []),
  ];
  const text = joined([marker, '', ...overview, '', ...parts.flatMap(({ text: each }) => [each, ''])]);
  const said = 'This is cut here: there is more than fits. `dojang review --env <name> --output review.md` writes it for one environment.';
  return fitted(text, joined([said, '', ...after, '']), limit);
}

const shownHeadings = 20;

function detailsOf({ cost, environment }: Review, room: TextLimit): string[] {
  return room.most > 0 ? ['', ...details(cost.after, environment, room)] : [];
}

/** What the summary of an environment leaves out, whole. */
function everythingOf(review: Review): string[] {
  const changes = allChanges(review);
  return [
    ...(changes.length > 0 ? ['', ...folded('Every change', changes)] : []),
    ...allNotes(review).flatMap((line) => (line === '<details>' ? ['', line] : [line])),
  ];
}

function summaryOf(review: Review): string[] {
  const { environment, cost, runways } = review;
  const said = [broken(riskLines(review)), broken(verdictLines(review)), unknownLines(cost)];
  return [
    `### Cost of ${plainName(environment)}: ${headline(review)}`,
    '',
    [
      `${usdText(cost.before.total)} → ${atLeast(cost.after.total, cost.opened.length > 0)} USD a month.`,
      ...byPricesText(review),
      ...runwayText(runways),
    ].join(' '),
    ...(saysSomething(review) ? [] : ['', 'This change leaves the bill as it is and puts nothing at risk.']),
    '',
    changeTable(review),
    ...said.flatMap((lines) => (lines.length > 0 ? ['', ...lines] : [])),
  ];
}

/** How much of what a person sees on the bill comes from prices alone. */
function byPricesText({ byPrices }: Review): string[] {
  if (!byPrices || byPrices.lines.length === 0) return [];
  const { before, after, known } = byPrices;
  const beside = isOpen(byPrices) ? ', besides what could not be priced at one of them' : '';
  return [
    `New prices alone change what was there before by ${usdChangeText(known)} (${usdText(before.total)} → ${usdText(after.total)})${beside}.`,
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
  const inWon = after.rate ? ` (${wonText(known, after.rate)})` : '';
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
    `${nameCode(head)} compared with ${nameCode(base)}`,
    `prices as of ${book.asOf}`,
    ...(rate ? [rateText(rate)] : []),
    'plans only: no cloud was asked',
  ];
  return `<sub>${parts.join(' · ')}</sub>`;
}

function joined(lines: readonly string[]): string {
  return lines.join('\n');
}
