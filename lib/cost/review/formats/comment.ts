/** The comment in a pull request: what a reviewer wants to know first, first. */
import { counted } from '../../../values/counted.ts';
import { usdText } from '../../../values/money.ts';
import { rateText } from '../../prices/exchange-rate.ts';
import type { PriceBook } from '../../prices/price.ts';
import { allChanges, changeTable, shortensChanges } from '../change/change-table.ts';
import { type PriceNews, priceNewsLines } from '../change/price-news.ts';
import { allNotes, riskLines, shortensNotes, unknownLines, verdictLines } from '../notes.ts';
import { type Review, saysSomething } from '../review.ts';
import { details } from './details.ts';
import { fitted, githubComment, jobSummary, type TextLimit } from './fit.ts';
import { atLeast } from './format.ts';
import { firstOf, folded, nameCode, plainName } from './markdown.ts';
import { byPricesText, headline, runwayText } from './summary-texts.ts';

/** By which the comment is found again. Invisible, and the first thing in it. */
export const marker = '<!-- dojang review -->';

/**
 * Of the room for the details, what goes around their table: a summary, a heading, a line that says
 * what was left out.
 */
const around = 1_000;

export interface CommentContext {
  /** Revisions that were compared, like `main (1a2b3c4)`. */
  readonly base: string;
  readonly head: string;
  readonly book: Pick<PriceBook, 'asOf'>;
  /** Undefined when the prices are the same at both revisions. */
  readonly news?: PriceNews;
}

/**
 * One comment for all environments of a change, as long as a forge takes. Its lists are short; each
 * says how many more there are.
 */
export function commentOf(reviews: readonly Review[], context: CommentContext, limit: TextLimit = githubComment): string {
  const shortenedLists = reviews.some((review) => shortensChanges(review) || shortensNotes(review));
  return textOf(reviews, { context, limit, more: shortenedLists ? whereTheRestIs : [], whole: wholeFile(reviews), lists: () => [] });
}

/** The same with every list whole, as long as the summary of a job takes. */
export function reviewText(reviews: readonly Review[], context: CommentContext, limit: TextLimit = jobSummary): string {
  return textOf(reviews, { context, limit, more: [], whole: wholeData(reviews), lists: everythingOf });
}

const whereTheRestIs = [
  '',
  'Long lists are shortened here: `dojang review --output review.md` writes them whole, as the summary of the job on GitHub has them.',
];

/** What a comment has no room for, a file may have. */
function wholeFile(reviews: readonly Review[]): string {
  const name = reviews.length === 1 ? '' : ' --env <name>';
  return `\`dojang review${name} --output review.md\` has room for more.`;
}

/** What a file of Markdown has no room for, as data. */
function wholeData(reviews: readonly Review[]): string {
  const one = reviews.length === 1 ? '' : '`dojang review --env <name> --output review.md` writes one environment, ';
  return `${one}\`dojang review --format json --output review.json\` has everything.`;
}

interface TextParts {
  readonly context: CommentContext;
  readonly limit: TextLimit;
  /** Said below all environments. */
  readonly more: readonly string[];
  /** Where the rest is when all of it is too much. */
  readonly whole: string;
  readonly lists: (review: Review) => readonly string[];
}

function textOf(reviews: readonly Review[], { context, limit, more, whole, lists }: TextParts): string {
  const news = priceNewsLines(context.news);
  const [inFirst, alone] = reviews.length > 0 ? [news, []] : [[], news];
  const parts = reviews.map((review, index) => ({
    review,
    text: joined([...summaryOf(review, index === 0 ? inFirst : []), ...lists(review)]),
  }));
  const after = [...(alone.length > 0 ? [...alone, ''] : []), ...more, ...(more.length > 0 ? [''] : []), footer(reviews, context)];
  const fixed = joined([marker, '', ...parts.flatMap(({ text }) => [text, '']), ...after, '']);
  const room = limit.most - limit.sizeOf(fixed);
  const each = Math.floor(room / Math.max(1, reviews.length)) - around;
  if (room < 0) return cut(parts, { limit, whole, after });
  const details = (review: Review) => detailsOf(review, { most: each, sizeOf: limit.sizeOf });
  return joined([marker, '', ...parts.flatMap(({ review, text }) => [text, ...details(review), '']), ...after, '']);
}

/** What every environment comes to, and then as much as fits. */
function cut(
  parts: readonly { readonly review: Review; readonly text: string }[],
  { limit, whole, after }: Pick<TextParts, 'limit' | 'whole'> & { readonly after: readonly string[] },
): string {
  const text = joined([marker, '', ...overview(parts.map(({ review }) => review)), ...parts.flatMap(({ text: each }) => [each, ''])]);
  return fitted(text, joined([`This is cut here: there is more than fits. ${whole}`, '', ...after, '']), limit);
}

/** A single environment begins with its headline anyway. */
function overview(reviews: readonly Review[]): string[] {
  if (reviews.length < 2) return [];
  const { shown, more } = firstOf(reviews, shownHeadings);
  const headlines = shown.map((review) => `- ${plainName(review.environment)}: ${headline(review)}`);
  return [...headlines, ...(more > 0 ? [`- and ${counted(more, 'more environment')}`] : []), ''];
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

/** @param news what the change does to the prices, which the table is made with. */
function summaryOf(review: Review, news: readonly string[]): string[] {
  const { environment, cost, billed, runways } = review;
  const said = [broken(riskLines(review)), broken(verdictLines(review)), unknownLines(cost)];
  return [
    `### Cost of ${plainName(environment)}: ${headline(review)}`,
    '',
    [
      `${usdText(billed.before.total)} → ${atLeast(billed.after.total, { open: billed.opened.length > 0 })} USD a month.`,
      ...byPricesText(review),
      ...runwayText(runways),
    ].join(' '),
    ...(saysSomething(review) ? [] : ['', 'This change leaves the bill as it is and puts nothing at risk.']),
    '',
    ...(news.length > 0 ? [...news, ''] : []),
    changeTable(review),
    ...said.flatMap((lines) => (lines.length > 0 ? ['', ...lines] : [])),
  ];
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
