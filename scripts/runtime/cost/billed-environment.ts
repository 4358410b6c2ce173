/** An environment with its bill: what the verbs about cost begin with. */
import type { Environment } from '../../../lib/config/environment.ts';
import type { BilledResource } from '../../../lib/cost/component.ts';
import { estimateCost } from '../../../lib/cost/estimate/estimate.ts';
import type { CostReport } from '../../../lib/cost/estimate/report.ts';
import { type EstimateInputs, estimateInputs, type InputOptions } from './inputs.ts';
import { environmentSource } from './sources.ts';

export interface BilledEnvironment extends EstimateInputs {
  readonly environment: Environment;
  readonly resources: readonly BilledResource[];
  readonly report: CostReport;
}

/** @throws what `estimateInputs` throws. */
export async function billedEnvironment(environment: Environment, options: InputOptions): Promise<BilledEnvironment> {
  const { resources } = await environmentSource(environment);
  const inputs = estimateInputs(options);
  const { book, usage, day, rate } = inputs;
  return { ...inputs, environment, resources, report: estimateCost(resources, book, usage, day, rate) };
}
