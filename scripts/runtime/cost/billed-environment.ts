/** An environment with its bill: what the verbs about cost begin with. */
import type { Environment } from '../../../lib/config/environment.ts';
import type { BilledResource } from '../../../lib/cost/component.ts';
import { estimateCost } from '../../../lib/cost/estimate/estimate.ts';
import type { CostReport } from '../../../lib/cost/estimate/report.ts';
import { serviceUsage } from '../../../lib/cost/estimate/traffic.ts';
import { orElse, type Usage } from '../../../lib/cost/estimate/usage.ts';
import type { ExchangeRate, PriceBook } from '../../../lib/cost/prices/price.ts';
import { readExchangeRate, readPriceBook } from '../../io/prices/book-folder.ts';
import { environmentSource } from './sources.ts';
import { usageOf } from './usage-file.ts';

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
  return { environment, resources, book, rate, usage, day, report: estimateCost(resources, book, usage, day, rate) };
}
