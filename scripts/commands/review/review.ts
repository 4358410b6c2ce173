/**
 * `dojang review`: what a change does to the bill, the machines and the data, from the committed
 * plans of two revisions.
 */

import { isLocal } from '../../../lib/config/names.ts';
import { policies } from '../../../lib/config/schema/policies.ts';
import type { BilledResource } from '../../../lib/cost/component.ts';
import { costDifference } from '../../../lib/cost/difference/difference.ts';
import { estimateCost } from '../../../lib/cost/estimate/estimate.ts';
import type { CostDifference, CostReport } from '../../../lib/cost/estimate/report.ts';
import type { Usage } from '../../../lib/cost/estimate/usage.ts';
import type { Policies } from '../../../lib/cost/policy/policy.ts';
import type { ExchangeRate, PriceBook } from '../../../lib/cost/prices/price.ts';
import { type CommentContext, commentOf, marker, reviewText } from '../../../lib/cost/review/comment.ts';
import { atLeast } from '../../../lib/cost/review/format.ts';
import { headlineText } from '../../../lib/cost/review/headline.ts';
import { reviewData } from '../../../lib/cost/review/json.ts';
import type { PriceNews } from '../../../lib/cost/review/price-news.ts';
import { isRefused, type Review, reviewOf, saysSomething } from '../../../lib/cost/review/review.ts';
import type { Credit } from '../../../lib/cost/runway/runway.ts';
import { billedOf } from '../../../lib/cost/sources/inventory.ts';
import { DojangError } from '../../../lib/errors/dojang-error.ts';
import { regionsOf } from '../../../lib/inventory/regions.ts';
import type { Inventory } from '../../../lib/inventory/resource.ts';
import type { Comments } from '../../io/rest/comments.ts';
import type { Outcome } from '../../runtime/context.ts';
import { inventoryAt, planOf, type Revision } from '../../runtime/plan/revisions.ts';
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

/** What the configuration of a revision adds to the plan of an environment. */
export interface Configured {
  /** What is billed and in no plan: the hosted model. */
  readonly models: readonly BilledResource[];
  readonly policies: Policies;
  readonly credits: readonly Credit[];
}

/** A revision with its configuration. */
export interface Configuration {
  readonly revision: Revision;
  /** Undefined when the environment is not configured there, or not as this dojang can read it. */
  configured(environment: string): Configured | undefined;
}

export interface ReviewPorts {
  readonly base: Configuration;
  readonly head: Configuration;
  /** Those of the change, which both sides are priced by. */
  readonly book: PriceBook;
  readonly rate: ExchangeRate | undefined;
  /**
   * What the change does to the prices, and those of before if they can be read; undefined when it
   * leaves them as they are.
   */
  readonly renewed?: { readonly news: PriceNews; readonly before: PriceBook | undefined };
  readonly usage: Usage;
  /** Day that both bills are for, like `2026-11-28`. */
  readonly day: string;
  write(file: string, text: string): void;
  /** Undefined when nothing is to be posted. */
  readonly comments: Comments | undefined;
}

/**
 * @throws DojangError `no-plan` for an environment that neither revision has, `not-configured`
 *   for a plan without configuration; what `inventoryAt` and `postSticky` throw.
 */
export async function review(options: ReviewOptions, ports: ReviewPorts): Promise<Outcome> {
  const reviews = environmentsOf(options, ports).map((environment) => reviewed(environment, ports));
  const text = await textOf(reviews, options.format, ports);
  if (options.output !== undefined) ports.write(options.output, text);
  const posting = await posted(reviews, ports);
  const [base, head] = [ports.base.revision, ports.head.revision];
  const data = { base: base.name, head: head.name, environments: reviews.map(reviewData), prices: renewedData(ports), posting };
  const said = posting || options.output !== undefined ? summary(reviews, options, posting) : [text.trimEnd()];
  const refused = reviews.filter(isRefused);
  return { data, lines: said, ...(refused.length > 0 && { failure: refusal(refused) }) };
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

function reviewed(environment: string, ports: ReviewPorts): Review {
  const [before, after] = [ports.base, ports.head].map((side) => inventoryAt(side.revision, environment));
  const configured = ports.head.configured(environment);
  if (after && !configured) throw notConfigured(environment, ports.head.revision);
  return reviewOf({
    environment,
    before: sideOf(before),
    after: sideOf(after),
    cost: costDifference(costAt(ports.base, environment, before, ports), costAt(ports.head, environment, after, ports)),
    byPrices: byPricesOf(environment, before, ports),
    ...(configured ?? withoutPolicies),
  });
}

/** What was planned before, at the prices of before and at those of now. */
function byPricesOf(environment: string, before: Inventory | undefined, ports: ReviewPorts): CostDifference | undefined {
  const old = ports.renewed?.before;
  if (!old) return undefined;
  const at = (book: PriceBook) => costAt(ports.base, environment, before, { ...ports, book });
  return costDifference(at(old), at(ports.book));
}

/** An environment that is neither planned nor configured any more: all of it goes. */
const withoutPolicies = { policies: policies.parse({}), credits: [] };

/**
 * Taking an environment out of the configuration must not take its policies off a plan that stays.
 */
function notConfigured(environment: string, { name }: Revision): DojangError {
  return new DojangError('not-configured', `${name} has ${planOf(environment)}, but no environment ${environment} in dojang.config.ts`, {
    why: 'A plan is judged by the policies of its environment.',
    next: `put ${environment} back into dojang.config.ts, or remove ${planOf(environment)} in the same change`,
  });
}

/**
 * Both sides by the prices and the usage of now: a new price is news of its provider, not of this
 * change.
 */
function costAt(
  side: Configuration,
  environment: string,
  inventory: Inventory | undefined,
  { book, usage, rate, day }: ReviewPorts,
): CostReport {
  const planned = inventory ? [...billedOf(inventory), ...(side.configured(environment)?.models ?? [])] : [];
  return estimateCost(planned, book, usage, day, rate);
}

function sideOf(inventory: Inventory | undefined) {
  const { of, resources } = inventory ?? { of: undefined, resources: [] };
  return { of, resources, regions: inventory ? regionsOf(inventory) : {} };
}

/** Files of `prices/` that the change renews; null when none. */
function renewedData({ renewed }: ReviewPorts) {
  return renewed ? { files: renewed.news.files, changed: renewed.news.steps.length } : null;
}

/** The formats that few ask for are loaded when they are. */
async function textOf(reviews: readonly Review[], format: Format, ports: ReviewPorts): Promise<string> {
  const [base, head] = [ports.base.revision, ports.head.revision];
  switch (format) {
    case 'markdown':
      return reviewText(reviews, contextOf(ports));
    case 'json':
      return pretty({ base: base.name, head: head.name, environments: reviews.map(reviewData) });
    case 'sarif': {
      const { sarifOf } = await import('../../../lib/cost/review/sarif.ts');
      const planned = reviews.map((each) => ({ review: each, file: planOf(each.environment), text: head.text(each.environment) ?? '' }));
      return pretty(sarifOf(planned));
    }
    case 'junit':
      return (await import('../../../lib/cost/review/junit.ts')).junitOf(reviews);
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
