/** One environment of a change: both revisions priced, compared and checked by its policies. */
import { policies } from '../../../lib/config/schema/policies.ts';
import type { BilledResource } from '../../../lib/cost/component.ts';
import { costDifference } from '../../../lib/cost/difference/difference.ts';
import { estimateCost } from '../../../lib/cost/estimate/estimate.ts';
import type { CostDifference, CostReport } from '../../../lib/cost/estimate/report.ts';
import type { Usage } from '../../../lib/cost/estimate/usage.ts';
import type { Policies } from '../../../lib/cost/policy/policy.ts';
import type { ExchangeRate, PriceBook } from '../../../lib/cost/prices/price.ts';
import type { PriceNews } from '../../../lib/cost/review/change/price-news.ts';
import { type Review, reviewOf } from '../../../lib/cost/review/review.ts';
import type { Credit } from '../../../lib/cost/runway/runway.ts';
import { billedOf } from '../../../lib/cost/sources/inventory.ts';
import { DojangError } from '../../../lib/errors/dojang-error.ts';
import { regionsOf } from '../../../lib/inventory/regions.ts';
import type { Inventory } from '../../../lib/inventory/resource.ts';
import type { Comments } from '../../io/rest/comments.ts';
import { inventoryAt, planOf, type Revision } from '../../runtime/plan/revisions.ts';

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

/** @throws DojangError `not-configured`; what `inventoryAt` throws. */
export function reviewEnvironment(environment: string, ports: ReviewPorts): Review {
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
