/** An environment beside what it could be: each choice as a bill of its own, the cheapest first. */
import type { Environment } from '../../config/environment.ts';
import { Big } from '../../values/decimal.ts';
import type { BilledResource } from '../component.ts';
import { hoursAMonth } from '../decimal.ts';
import { costDifference } from '../difference/difference.ts';
import { estimateCost } from '../estimate/estimate.ts';
import type { CostDifference, CostReport } from '../estimate/report.ts';
import { orElse, type Usage } from '../estimate/usage.ts';
import type { ExchangeRate, PriceBook } from '../prices/price.ts';
import { knownTotal } from '../render/format.ts';
import { creditsOf } from '../runway/credits.ts';
import { leastAfter } from '../runway/minimum-spend.ts';
import { type Runway, runwaysOf } from '../runway/runway.ts';
import { changed } from '../what-if/change.ts';
import { gpuHostId } from '../what-if/gpu.ts';
import { type Choice, choicesOf } from './choices.ts';

export interface CompareInput {
  readonly environment: Environment;
  readonly resources: readonly BilledResource[];
  readonly book: PriceBook;
  readonly rate: ExchangeRate | undefined;
  readonly usage: Usage;
  /** Day that the bills are for, like `2026-11-28`. */
  readonly day: string;
  /** The bill as planned. */
  readonly report: CostReport;
  readonly region: readonly string[];
  /** Hours a day that a machine with a GPU runs; undefined for always. */
  readonly gpuHours: number | undefined;
}

export interface ComparedChoice {
  /** Undefined for the plan itself. */
  readonly choice: Choice | undefined;
  readonly cost: CostDifference;
  readonly runways: readonly Runway[];
  /**
   * Whether something of it has no amount that has one in the plan, or is not in it: the sum may be
   * more.
   */
  readonly open: boolean;
}

/** @throws DojangError `unknown-what-if` for a region that cannot be asked. */
export function compareChoices(input: CompareInput): ComparedChoice[] {
  const { environment, resources, report, gpuHours, book, day, rate } = input;
  const billed = (its: readonly BilledResource[]) => estimateCost(its, book, withHours(its, input), day, rate);
  // What a choice changes is seen at equal hours, or the hours would be part of every change.
  const before = gpuHours === undefined ? report : billed(resources);
  const atHours = gpuHours === undefined ? [] : [compared(gpuHoursChoice(gpuHours), { before: report, after: before }, input)];
  const others = choicesOf(input).map((choice) => {
    const its = changed(resources, choice.asked, environment.host);
    return compared(onlyByHand(choice, its, gpuHours), { before, after: billed(its) }, input);
  });
  return [compared(undefined, { before: report, after: report }, input), ...atHours, ...others].sort(cheapestFirst);
}

/** Rests on hours that `dojang up` cannot keep, where a machine with a GPU is in it. */
function onlyByHand(choice: Choice, resources: readonly BilledResource[], gpuHours: number | undefined): Choice {
  if (gpuHours === undefined || !resources.some(hasHours)) return choice;
  return { ...choice, notDeployable: [choice.notDeployable, notByTheClock].filter((reason) => reason !== undefined).join('; ') };
}

const notByTheClock = 'dojang up switches no machine off by the clock';

function hasHours({ type, id }: BilledResource): boolean {
  return type === 'gcp:compute/instance:Instance' || id === gpuHostId;
}

function gpuHoursChoice(hours: number): Choice {
  return {
    name: `gpu ${hours} h a day`,
    asked: { region: [], machine: [] },
    means: 'the plan as it is, its GPU machine switched off for the rest of the day; disks and addresses are billed on',
    notDeployable: notByTheClock,
  };
}

/**
 * A machine that has a GPU runs so long; what is paid by the second is not, nor is an active
 * worker.
 */
function withHours(resources: readonly BilledResource[], { usage, gpuHours }: CompareInput): Usage {
  if (gpuHours === undefined) return usage;
  const hours = new Big(String(gpuHours)).times(hoursAMonth).div('24');
  const machines = resources.filter(hasHours);
  return orElse(new Map(machines.map(({ stack, id }) => [`${stack}/${id}.hours`, hours])), usage);
}

interface Sides {
  readonly before: CostReport;
  readonly after: CostReport;
}

function compared(choice: Choice | undefined, { before, after }: Sides, { environment }: CompareInput): ComparedChoice {
  const cost = costDifference(before, after);
  return { choice, cost, runways: runwaysOf(creditsOf(environment), leastAfter(cost).spending), open: cost.opened.length > 0 };
}

/** What may cost more than it says stands below what is known. */
function cheapestFirst(one: ComparedChoice, other: ComparedChoice): number {
  if (one.open !== other.open) return Number(one.open) - Number(other.open);
  const [total, others] = [knownTotal(one.cost.after).total, knownTotal(other.cost.after).total];
  if (!total || !others) return Number(!total) - Number(!others);
  return total.cmp(others);
}
