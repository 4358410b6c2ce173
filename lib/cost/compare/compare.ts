/** An environment beside what it could be: each choice as a bill of its own, the cheapest first. */
import type { Environment } from '../../config/environment.ts';
import { Big } from '../../values/decimal.ts';
import type { BilledResource } from '../component.ts';
import { creditsOf } from '../credits.ts';
import { costDifference } from '../difference.ts';
import { costOf } from '../engine.ts';
import { hoursAMonth } from '../exact.ts';
import { leastAfter } from '../least.ts';
import type { ExchangeRate, PriceBook } from '../price.ts';
import { knownTotal } from '../render/words.ts';
import type { CostDifference, CostReport } from '../report.ts';
import { type Runway, runwaysOf } from '../runway.ts';
import { orElse, type Usage } from '../usage.ts';
import { changed } from '../what-if/change.ts';
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
  /** Whether something of it has no amount that has one in the plan, or is not in it: the sum may be more. */
  readonly open: boolean;
}

/** @throws DojangError `unknown-what-if` for a region that cannot be asked. */
export function compareChoices(input: CompareInput): ComparedChoice[] {
  const { resources, report, gpuHours } = input;
  const planned = compared(undefined, report, input);
  const atHours = gpuHours === undefined ? [] : [gpuHoursChoice(gpuHours)];
  const choices = [...atHours, ...choicesOf(input)];
  const others = choices.map((choice) => {
    const its = changed(resources, choice.asked);
    return compared(choice, costOf(its, input.book, withHours(its, input), input.day, input.rate), input);
  });
  return [planned, ...others].sort(cheapestFirst);
}

function gpuHoursChoice(hours: number): Choice {
  return {
    name: `gpu ${hours} h a day`,
    asked: { region: [], machine: [] },
    means: 'the plan as it is, its GPU machine switched off for the rest of the day; disks and addresses are billed on',
    notDeployable: 'dojang up switches no machine off by the clock',
  };
}

/** A machine that has a GPU runs so long; what is paid by the second is not, nor is an active worker. */
function withHours(resources: readonly BilledResource[], { usage, gpuHours }: CompareInput): Usage {
  if (gpuHours === undefined) return usage;
  const hours = new Big(String(gpuHours)).times(hoursAMonth).div('24');
  const machines = resources.filter(({ type, id }) => type === 'gcp:compute/instance:Instance' || id === 'AiHost');
  return orElse(new Map(machines.map(({ stack, id }) => [`${stack}/${id}.hours`, hours])), usage);
}

function compared(choice: Choice | undefined, after: CostReport, { environment, report }: CompareInput): ComparedChoice {
  const cost = costDifference(report, after);
  return { choice, cost, runways: runwaysOf(creditsOf(environment), leastAfter(cost).spending), open: cost.opened.length > 0 };
}

/** What may cost more than it says stands below what is known. */
function cheapestFirst(one: ComparedChoice, other: ComparedChoice): number {
  if (one.open !== other.open) return Number(one.open) - Number(other.open);
  const [total, others] = [knownTotal(one.cost.after).total, knownTotal(other.cost.after).total];
  if (!total || !others) return Number(!total) - Number(!others);
  return total.cmp(others);
}
