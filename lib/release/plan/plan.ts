/** The plans of a release and of a rollback, from the steps of each component. */
import type { App } from '../artifact.ts';
import type { ReleaseRecord } from '../record.ts';
import { aiSteps } from './ai.ts';
import { apiSteps } from './api.ts';
import type { Plan, Step, StepId } from './step.ts';
import { webSteps } from './web.ts';

export interface PlanOptions {
  /** Wall-clock limit of the step `health`. */
  readonly healthSeconds?: number;
  /** How long a release is watched after it serves. */
  readonly watchSeconds?: number;
  /**
   * A release of the API gets 5, 25 and 50 % of the sessions first, each watched. @default false
   */
  readonly canary?: boolean;
}

/** As the steps of a component get them. */
export interface StepOptions {
  readonly healthSeconds: number;
  readonly watchSeconds: number;
  readonly canary: boolean;
}

const stepsOf: Readonly<Record<App, (options: StepOptions) => readonly Step[]>> = { web: webSteps, api: apiSteps, ai: aiSteps };

export function deployPlan(component: App, options: PlanOptions = {}): Plan {
  return { verb: 'deploy', component, steps: stepsOf[component](withDefaults(options)) };
}

/** What an earlier release does not need again: it was built and its migrations are done. */
const onlyForNew: ReadonlySet<StepId> = new Set(['build', 'upload', 'dump', 'migrate']);

/** @param target as `rollbackTarget` chooses it, or as the operator names it */
export function rollbackPlan(component: App, target: Pick<ReleaseRecord, 'id'>, options: PlanOptions = {}): Plan {
  const steps = deployPlan(component, options).steps.filter(({ id }) => !onlyForNew.has(id));
  return { verb: 'rollback', component, steps: steps.map((step) => forTarget(step, target)) };
}

function forTarget(step: Step, { id }: Pick<ReleaseRecord, 'id'>): Step {
  if (step.id === 'before') return { ...step, checks: `${id} was healthy and is not marked bad; it fits the schema; room on the disk` };
  if (step.id === 'unpack') return { ...step, title: `fetch ${id} unless the host still has it` };
  return step;
}

function withDefaults({ healthSeconds = 60, watchSeconds = 60, canary = false }: PlanOptions): StepOptions {
  return { healthSeconds, watchSeconds, canary };
}
