/**
 * `dojang cost runway` and `dojang cost what-if`: how long the credits last, as planned and as it
 * could be.
 */

import type { Environment } from '../../../lib/config/environment.ts';
import type { Provider } from '../../../lib/cost/component.ts';
import { sum, zero } from '../../../lib/cost/decimal.ts';
import { costDifference } from '../../../lib/cost/difference/difference.ts';
import { leftOut, leftOutSummary } from '../../../lib/cost/estimate/coverage.ts';
import { estimateCost } from '../../../lib/cost/estimate/estimate.ts';
import { creditsOf } from '../../../lib/cost/runway/credits.ts';
import { runwayData, runwayLines } from '../../../lib/cost/runway/lines.ts';
import { leastAfter } from '../../../lib/cost/runway/minimum-spend.ts';
import { type Credit, runwaysOf, type Spent } from '../../../lib/cost/runway/runway.ts';
import { spendingOf } from '../../../lib/cost/runway/spending.ts';
import { changed, type WhatIf } from '../../../lib/cost/what-if/change.ts';
import { whatIfData, whatIfLines } from '../../../lib/cost/what-if/lines.ts';
import { DojangError } from '../../../lib/errors/dojang-error.ts';
import type { Bills } from '../../../lib/ports/bills.ts';
import { wrapped } from '../../../lib/text/wrap.ts';
import { counted } from '../../../lib/values/counted.ts';
import type { DataOf } from '../../runtime/answers/format.ts';
import type { BilledEnvironment } from '../../runtime/cost/billed-environment.ts';
import type { Outcome } from '../../runtime/outcome.ts';
import { noteLines, readBills } from './actual.ts';
import { costRunwayAnswer, costWhatIfAnswer } from './answer.ts';

export interface RunwayOptions {
  readonly weeks: number;
  /** Begins with what was really spent up to `until` instead of with the whole credit. */
  readonly actual: { readonly bills: Bills; readonly until: string } | undefined;
}

/** @throws DojangError `no-credits` when the configuration names none; what `readBills` throws. */
export async function costRunway(
  { environment, report }: BilledEnvironment,
  { weeks, actual }: RunwayOptions,
): Promise<Outcome<DataOf<typeof costRunwayAnswer>>> {
  const credits = creditsOf(environment);
  if (credits.length === 0) throw noCredits(environment.name);
  const { spent, notes } = await spentOf(environment, credits, actual);
  const runways = runwaysOf(credits, spendingOf(report), { weeks, spent });
  const earned = [...spendingOf(report).values()].some(({ discounts }) => discounts.length > 0) ? [discountsNote] : [];
  const unknown =
    report.unknown.length > 0 ? [`${counted(report.unknown.length, 'line')} without a price: the credits end sooner than this`] : [];
  const lines = [
    `${environment.name}: how long the credits last, USD`,
    '',
    ...runwayLines(runways),
    '',
    ...[...earned, ...unknown, ...leftOutSummary(report), ...notes].flatMap(noteLines),
  ];
  return {
    format: costRunwayAnswer,
    data: {
      environment: environment.name,
      runways: runways.map(runwayData),
      unknown: report.unknown.length,
      leftOut: leftOut(report),
      notes,
    },
    lines,
  };
}

const discountsNote =
  'discounts for sustained use are earned within each calendar month, so that a part of one costs more than its share of the month';

async function spentOf(environment: Environment, credits: readonly Credit[], actual: RunwayOptions['actual']) {
  const since = credits[0]?.since;
  const nothing = new Map<Provider, Spent>();
  if (!actual || !since) return { spent: nothing, notes: [] };
  if (actual.until <= since) return { spent: nothing, notes: [`the credits begin on ${since}: nothing of them is spent yet`] };
  const { rows, providers, notes } = await readBills(environment, actual.bills, { from: since, until: actual.until });
  const sums = providers.map((name) => sum(rows.filter(({ provider }) => provider === name).map(({ usd }) => usd)));
  const spent = new Map(providers.map((name, index) => [name, { usd: sums[index] ?? zero, until: actual.until }]));
  return { spent, notes };
}

export function costWhatIf(
  { environment, resources, book, usage, rate, day, report }: BilledEnvironment,
  asked: WhatIf,
  weeks: number,
): Outcome<DataOf<typeof costWhatIfAnswer>> {
  const { region, machine, gpu, topology } = asked;
  if (region.length + machine.length === 0 && gpu === undefined && topology === undefined) {
    throw new DojangError('no-question', 'what-if needs something that would be different', {
      next: 'ask with --region, --machine, --gpu or --topology; dojang cost what-if --help lists what they take',
    });
  }
  const after = estimateCost(changed(resources, asked, environment.host), book, usage, day, rate);
  const cost = costDifference(report, after);
  const credits = creditsOf(environment);
  const { spending, open } = leastAfter(cost);
  const runways = { before: runwaysOf(credits, spendingOf(report), { weeks }), after: runwaysOf(credits, spending, { weeks }), open };
  return {
    format: costWhatIfAnswer,
    data: { environment: environment.name, asked, ...whatIfData(cost, runways), leftOut: leftOut(after) },
    lines: [...whatIfLines(environment.name, cost, runways), ...leftOutSummary(after).flatMap((text) => ['', ...wrapped(text, 2)])],
  };
}

function noCredits(name: string): DojangError {
  return new DojangError('no-credits', `environments.${name} has no credits`, {
    next: `add environments.${name}.credits, like { since: '2026-11-23', aws: '700 USD' }, or ask for another environment with --env`,
  });
}
