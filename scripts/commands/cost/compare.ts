/**
 * `dojang cost compare`: an environment beside other shapes, machines and GPUs, at today's prices.
 */
import { compareChoices } from '../../../lib/cost/compare/compare.ts';
import { compareData, compareLines } from '../../../lib/cost/compare/lines.ts';
import { leftOut, leftOutSummary } from '../../../lib/cost/estimate/coverage.ts';
import { wrapped } from '../../../lib/text/wrap.ts';
import type { DataOf } from '../../runtime/answers/format.ts';
import type { BilledEnvironment } from '../../runtime/cost/billed-environment.ts';
import type { Outcome } from '../../runtime/outcome.ts';
import { costCompareAnswer } from './answer.ts';

export interface CompareOptions {
  /** Like `aws=us-east-1`: where every choice is priced; the plan itself stays where it is. */
  readonly region: readonly string[];
  /** Hours a day that a machine with a GPU runs; undefined for always. */
  readonly gpuHours: number | undefined;
  readonly why: boolean;
}

/** @throws DojangError `unknown-what-if` for a region that cannot be asked. */
export function costCompare(
  billed: BilledEnvironment,
  { region, gpuHours, why }: CompareOptions,
): Outcome<DataOf<typeof costCompareAnswer>> {
  const rows = compareChoices({ ...billed, region, gpuHours });
  const { name } = billed.environment;
  return {
    format: costCompareAnswer,
    data: {
      environment: name,
      region,
      gpuHours: gpuHours ?? null,
      pricesOf: billed.book.asOf,
      leftOut: leftOut(billed.report),
      choices: compareData(rows),
    },
    lines: [...compareLines(name, rows, { why, gpuHours }), ...leftOutSummary(billed.report).flatMap((text) => wrapped(text, 0))],
  };
}
