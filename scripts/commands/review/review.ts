/**
 * `dojang review`: what a change does to the bill, the machines and the data, from the committed
 * plans of two revisions.
 */

import { isLocal } from '../../../lib/config/names.ts';
import { type CommentContext, commentOf, marker, reviewText } from '../../../lib/cost/review/formats/comment.ts';
import { atLeast } from '../../../lib/cost/review/formats/format.ts';
import { headlineText } from '../../../lib/cost/review/formats/headline.ts';
import { reviewData } from '../../../lib/cost/review/formats/json.ts';
import { isRefused, type Review, saysSomething } from '../../../lib/cost/review/review.ts';
import { DojangError } from '../../../lib/errors/dojang-error.ts';
import type { DataOf } from '../../runtime/answers/format.ts';
import type { Outcome } from '../../runtime/outcome.ts';
import { planOf } from '../../runtime/plan/revisions.ts';
import { reviewAnswer } from './answer.ts';
import { type ReviewPorts, reviewEnvironment } from './environment-review.ts';
import { type Posting, postSticky } from './sticky-comment.ts';

type Format = 'markdown' | 'json' | 'sarif' | 'junit';

export interface ReviewOptions {
  /**
   * Environments to review; every one with a plan when empty, but not the embedded one, which costs
   * nothing.
   */
  readonly environments: readonly string[];
  readonly format: Format;
  /** File that the text goes to, instead of the terminal. */
  readonly output: string | undefined;
}

/**
 * @throws DojangError `no-plan` for an environment that neither revision has, `not-configured`
 *   for a plan without configuration; what `inventoryAt` and `postSticky` throw.
 */
export async function review(options: ReviewOptions, ports: ReviewPorts): Promise<Outcome<DataOf<typeof reviewAnswer>>> {
  const reviews = environmentsOf(options, ports).map((environment) => reviewEnvironment(environment, ports));
  const text = await textOf(reviews, options.format, ports);
  if (options.output !== undefined) ports.write(options.output, text);
  const posting = await posted(reviews, ports);
  const data = { ...dataOf(reviews, ports), posting };
  const said = posting || options.output !== undefined ? summary(reviews, options, posting) : [text.trimEnd()];
  const refused = reviews.filter(isRefused);
  return { format: reviewAnswer, data, lines: said, ...(refused.length > 0 && { failure: refusal(refused) }) };
}

function environmentsOf({ environments }: ReviewOptions, ports: ReviewPorts): readonly string[] {
  const [base, head] = [ports.base.revision, ports.head.revision];
  const known = [...new Set([...head.environments, ...base.environments])].toSorted();
  const unknown = environments.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new DojangError('no-plan', `neither ${base.name} nor ${head.name} has ${planOf(unknown)}`, {
      next: `name one of ${known.join(', ')}, or write it with dojang plan --env ${unknown} --write`,
    });
  }
  return environments.length > 0 ? environments : known.filter((name) => !isLocal({ name }));
}

function dataOf(reviews: readonly Review[], ports: ReviewPorts) {
  const [base, head] = [ports.base.revision.name, ports.head.revision.name];
  return { base, head, environments: reviews.map(reviewData), prices: renewedData(ports) };
}

/** Files of `prices/` that the change renews; null when none. */
function renewedData({ renewed }: ReviewPorts) {
  return renewed ? { files: renewed.news.files, changed: renewed.news.steps.length } : null;
}

/** The formats that few ask for are loaded when they are. */
async function textOf(reviews: readonly Review[], format: Format, ports: ReviewPorts): Promise<string> {
  const { head } = ports;
  switch (format) {
    case 'markdown':
      return reviewText(reviews, contextOf(ports));
    case 'json':
      return pretty({ format: reviewAnswer.name, ...dataOf(reviews, ports) });
    case 'sarif': {
      const { sarifOf } = await import('../../../lib/cost/review/formats/sarif.ts');
      const planned = reviews.map((each) => ({
        review: each,
        file: planOf(each.environment),
        text: head.revision.text(each.environment) ?? '',
      }));
      return pretty(sarifOf(planned));
    }
    case 'junit':
      return (await import('../../../lib/cost/review/formats/junit.ts')).junitOf(reviews);
  }
}

function contextOf({ base, head, book, renewed }: ReviewPorts): CommentContext {
  return { base: base.revision.name, head: head.revision.name, book, news: renewed?.news };
}

function pretty(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** A change of nothing brings a comment that is there up to date, and makes none. */
async function posted(reviews: readonly Review[], ports: ReviewPorts): Promise<Posting | undefined> {
  if (!ports.comments) return undefined;
  const body = commentOf(reviews, contextOf(ports), ports.comments.limit);
  return postSticky(ports.comments, { marker, body, add: reviews.some(saysSomething) });
}

function summary(reviews: readonly Review[], { output }: ReviewOptions, posting: Posting | undefined): string[] {
  return [
    ...reviews.map(summaryLine),
    ...(output === undefined ? [] : [`  wrote ${output}`]),
    ...(posting ? [`  comment ${posting.did}${posting.url ? `: ${posting.url}` : ''}`] : []),
  ];
}

function summaryLine(review: Review): string {
  const { environment, billed } = review;
  return `  ${environment}: ${headlineText(review)}, ${atLeast(billed.after.total, { open: billed.opened.length > 0 })} in all`;
}

function refusal(refused: readonly Review[]): DojangError {
  const failed = refused.flatMap(({ environment, verdicts }) =>
    verdicts.filter(({ verdict }) => verdict === 'fail').map(({ policy }) => `${policy} of ${environment}`),
  );
  return new DojangError('cost-policy', `this change is refused by ${failed.join(', ')}`, {
    why: 'The policies are those of dojang.config.ts.',
    next: 'change the plan, or the policy where everybody can see it: in the same change',
  });
}
