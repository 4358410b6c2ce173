/** What `dojang review` works with in this clone: its git, its configurations, its prices. */

import { environmentOf } from '../../../lib/config/environment.ts';
import { faultsOf } from '../../../lib/config/faults.ts';
import { PriceBookError } from '../../../lib/cost/prices/price-book.ts';
import { type Prices, priceNews } from '../../../lib/cost/review/change/price-news.ts';
import { creditsOf } from '../../../lib/cost/runway/credits.ts';
import { hostedModels } from '../../../lib/cost/sources/hosted-model.ts';
import { readConfigText } from '../../io/config/config-file.ts';
import { exchangeRateOf, priceBookOf } from '../../io/prices/book-folder.ts';
import type { Comments } from '../../io/rest/comments.ts';
import { writeText } from '../../io/state.ts';
import { estimateInputs } from '../../runtime/cost/inputs.ts';
import { type Revision, revisionsOf } from '../../runtime/plan/revisions.ts';
import type { Configuration, Configured, ReviewPorts } from './environment-review.ts';

export interface ReviewSubject {
  readonly base: string;
  /** The working tree when undefined. */
  readonly head: string | undefined;
  /** File of what is used; the service's own traffic model fills what it leaves out. */
  readonly usage: string | undefined;
  readonly comments: Comments | undefined;
}

/**
 * @throws DojangError `unknown-revision`, `no-common-commit`; PriceBookError; what
 *   `estimateInputs` throws.
 */
export async function reviewPorts({ base, head, usage, comments }: ReviewSubject): Promise<ReviewPorts> {
  const [from, to] = revisionsOf(base, head);
  const [before, after] = await Promise.all([baseConfiguration(from), headConfiguration(to)]);
  const files = to.prices();
  // A head without prices has those of this dojang.
  const { book, rate, usage: used, day } = estimateInputs({ usage, files });
  const old = pricesBefore(from);
  const news = priceNews(old, { files, book, rate });
  return {
    base: before,
    head: after,
    book,
    rate,
    ...(news && { renewed: { news, before: old.book } }),
    usage: used,
    day,
    write: writeText,
    comments,
  };
}

/** Prices that this dojang can't read any more say nothing of what they were. */
function pricesBefore(revision: Revision): Prices {
  const files = revision.prices();
  try {
    return { files, book: files.length > 0 ? priceBookOf(files) : undefined, rate: exchangeRateOf(files) };
  } catch (error) {
    if (error instanceof PriceBookError) return { files, book: undefined, rate: undefined };
    throw error;
  }
}

/** @throws ConfigError with every fault, and `unreadable-config`. */
async function headConfiguration(revision: Revision): Promise<Configuration> {
  const text = revision.config();
  const written = text === undefined ? undefined : await readConfigText(text, configOf(revision));
  return { revision, configured: (name) => configuredIn(written, name) };
}

/**
 * A configuration of before the settings that this dojang asks for can't be read any more, and says
 * nothing then.
 */
async function baseConfiguration(revision: Revision): Promise<Configuration> {
  const text = revision.config();
  const written = text === undefined ? undefined : await readConfigText(text, configOf(revision)).catch(() => undefined);
  const right = written !== undefined && faultsOf(written).length === 0;
  return { revision, configured: (name) => (right ? configuredIn(written, name) : undefined) };
}

function configOf({ name }: Revision): string {
  return `dojang.config.ts of ${name}`;
}

function configuredIn(written: unknown, name: string): Configured | undefined {
  const { environments = {} } = (written ?? {}) as { readonly environments?: object };
  if (!Object.hasOwn(environments, name)) return undefined;
  const environment = environmentOf(written, name);
  return { models: hostedModels(environment), policies: environment.policies, credits: creditsOf(environment) };
}
