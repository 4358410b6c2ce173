/**
 * `dojang report`: one HTML file with cost, runway, change, picture and policies of an environment.
 */
import { costDifference } from '../../../lib/cost/difference/difference.ts';
import { estimateCost } from '../../../lib/cost/estimate/estimate.ts';
import { verdictsOf } from '../../../lib/cost/policy/evaluate.ts';
import { reportPage } from '../../../lib/cost/report-page/page.ts';
import { creditsOf } from '../../../lib/cost/runway/credits.ts';
import { runwaysOf } from '../../../lib/cost/runway/runway.ts';
import { spendingOf } from '../../../lib/cost/runway/spending.ts';
import { hostedModels } from '../../../lib/cost/sources/hosted-model.ts';
import { billedOf } from '../../../lib/cost/sources/inventory.ts';
import { DojangError } from '../../../lib/errors/dojang-error.ts';
import type { Inventory } from '../../../lib/inventory/resource.ts';
import { writeText } from '../../io/state.ts';
import type { DataOf } from '../../runtime/answers/format.ts';
import type { BilledEnvironment } from '../../runtime/cost/billed-environment.ts';
import type { Outcome } from '../../runtime/outcome.ts';
import { plannedInventory } from '../../runtime/plan/planned-inventory.ts';
import { inventoryAt, revisionsOf } from '../../runtime/plan/revisions.ts';
import { reportAnswer } from './answer.ts';

export interface ReportOptions {
  /** Where the file goes. */
  readonly output: string;
  /** How far the runway looks ahead. */
  readonly weeks: number;
  /**
   * The revision that the change is seen from, where it left it, as `dojang review` sees it;
   * undefined for a report of the bill alone.
   */
  readonly base: string | undefined;
}

interface Base {
  readonly name: string;
  readonly plan: Inventory;
}

/**
 * @throws DojangError `unknown-revision`, `no-common-commit`, `no-plan`, `newer-plan`,
 *   `damaged-plan`.
 */
export async function report(
  billed: BilledEnvironment,
  { output, weeks, base: revision }: ReportOptions,
): Promise<Outcome<DataOf<typeof reportAnswer>>> {
  const { environment, book, report: now } = billed;
  const base = revision === undefined ? undefined : baseAt(revision, environment.name);
  const { resources: planned } = await plannedInventory(environment);
  const cost = costDifference(base ? costOfBase(billed, base) : now, now);
  const page = await reportPage({
    title: `${environment.service} ${environment.name}`,
    report: now,
    pricesOf: book.asOf,
    runways: runwaysOf(creditsOf(environment), spendingOf(now), { weeks }),
    ...(base && { difference: { base: base.name, cost } }),
    verdicts: verdictsOf({ cost, billed: cost, before: base?.plan.resources ?? planned, after: planned }, environment.policies),
  });
  writeText(output, page);
  const bytes = Buffer.byteLength(page);
  const data = { environment: environment.name, file: output, bytes, total: now.total.toFixed(), change: base && cost.known.toFixed() };
  return { format: reportAnswer, data, lines: [`${environment.name}: ${output}, ${Math.ceil(bytes / 1024)} KB; it loads nothing`] };
}

function baseAt(name: string, environment: string): Base {
  const [revision] = revisionsOf(name, undefined);
  const plan = inventoryAt(revision, environment);
  if (plan) return { name: revision.name, plan };
  throw new DojangError('no-plan', `${revision.name} has no plans/${environment}.json`, {
    why: 'There is nothing that the plan of today could be compared with.',
    next: 'name a revision that has one with --base, or leave it out',
  });
}

/** What is hosted by others is no part of a plan, and the same on both sides. */
function costOfBase({ environment, book, usage, rate, day }: BilledEnvironment, { plan }: Base) {
  return estimateCost([...billedOf(plan), ...hostedModels(environment)], book, usage, day, rate);
}
