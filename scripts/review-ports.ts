/** What `dojang review` works with in this clone: its git, its configurations, its prices. */
import { environmentOf } from '../lib/config/environment.ts';
import { faultsOf } from '../lib/config/faults.ts';
import { creditsOf } from '../lib/cost/credits.ts';
import { hostedModels } from '../lib/cost/sources/hosted-model.ts';
import { serviceUsage } from '../lib/cost/traffic.ts';
import { orElse, type Usage } from '../lib/cost/usage.ts';
import { usageOf as usageFileOf } from './cost.ts';
import { readConfigText } from './io/config-file.ts';
import { readExchangeRate, readPriceBook } from './io/prices/book-folder.ts';
import type { Comments } from './io/rest/comments.ts';
import { writeText } from './io/state.ts';
import type { Configuration, Configured, ReviewPorts } from './review.ts';
import { type Revision, revisionsOf } from './revisions.ts';

export interface ReviewSubject {
  readonly base: string;
  /** The working tree when undefined. */
  readonly head: string | undefined;
  /** File of what is used; the service's own traffic model fills what it leaves out. */
  readonly usage: string | undefined;
  readonly comments: Comments | undefined;
}

/** @throws DojangError `unknown-revision`, `no-common-commit`; PriceBookError; what `usageFileOf` throws. */
export async function reviewPorts({ base, head, usage, comments }: ReviewSubject): Promise<ReviewPorts> {
  const [from, to] = revisionsOf(base, head);
  const [before, after] = await Promise.all([baseConfiguration(from), headConfiguration(to)]);
  return {
    base: before,
    head: after,
    book: readPriceBook(),
    rate: readExchangeRate(),
    usage: usageOf(usage),
    write: writeText,
    comments,
  };
}

function usageOf(file: string | undefined): Usage {
  return file === undefined ? serviceUsage() : orElse(usageFileOf(file), serviceUsage());
}

/** @throws ConfigError with every fault, and `unreadable-config`. */
async function headConfiguration(revision: Revision): Promise<Configuration> {
  const text = revision.config();
  const written = text === undefined ? undefined : await readConfigText(text, configOf(revision));
  return { revision, configured: (name) => configuredIn(written, name) };
}

/** A configuration of before the settings that this dojang asks for can't be read any more, and says nothing then. */
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
