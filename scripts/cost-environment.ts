/** An environment with its bill: what the verbs about cost begin with. */
import type { Environment } from '../lib/config/environment.ts';
import type { BilledResource } from '../lib/cost/component.ts';
import { costOf } from '../lib/cost/engine.ts';
import type { ExchangeRate, PriceBook } from '../lib/cost/price.ts';
import type { CostReport } from '../lib/cost/report.ts';
import { serviceUsage } from '../lib/cost/traffic.ts';
import { orElse, type Usage } from '../lib/cost/usage.ts';
import { usageOf } from './cost.ts';
import { environmentSource } from './cost-sources.ts';
import { readExchangeRate, readPriceBook } from './io/prices/book-folder.ts';

export interface BilledEnvironment {
  readonly environment: Environment;
  readonly resources: readonly BilledResource[];
  readonly book: PriceBook;
  readonly rate: ExchangeRate;
  readonly usage: Usage;
  /** Day that the bill is for, like `2026-11-28`. */
  readonly day: string;
  readonly report: CostReport;
}

/** @param usageFile what is used; the service's traffic model fills what it leaves out. */
export async function billedEnvironment(environment: Environment, usageFile: string | undefined, day: string): Promise<BilledEnvironment> {
  const { resources } = await environmentSource(environment);
  const [book, rate] = [readPriceBook(), readExchangeRate()];
  const usage = usageFile === undefined ? serviceUsage() : orElse(usageOf(usageFile), serviceUsage());
  return { environment, resources, book, rate, usage, day, report: costOf(resources, book, usage, day, rate) };
}
