/** What of the complete plan `dojang deploy` performs today. */
import type { App } from '../../../../lib/release/artifact.ts';
import { todaysCapabilities } from '../../../../lib/release/plan/capabilities.ts';
import { deployPlan } from '../../../../lib/release/plan/plan.ts';
import type { Step, StepId } from '../../../../lib/release/plan/step.ts';

export const completeSteps = (app: App) => deployPlan(app).steps;
const todaysSteps = (app: App) => deployPlan(app, { capabilities: todaysCapabilities[app] }).steps;

/** `yes` only where each of the steps is performed with the very same check and compensation. */
export function todayText(app: App, ids: readonly StepId[]): string {
  const planned = completeSteps(app).filter(({ id }) => ids.includes(id));
  const performed = todaysSteps(app).filter(({ id }) => ids.includes(id));
  if (planned.length === 0) return '-';
  if (performed.length === 0) return 'not yet';
  return planned.every((step) => performed.some((each) => isSame(each, step)))
    ? 'yes'
    : `in part: ${idsText(performed.map(({ id }) => id))}`;
}

/** Steps that today's plan has instead of those of the complete one. */
export function onlyToday(app: App): readonly Step[] {
  const complete = completeSteps(app);
  return todaysSteps(app).filter((step) => !complete.some((each) => isSame(each, step)));
}

export function idsText(ids: readonly StepId[]): string {
  return ids.map((id) => `\`${id}\``).join(', ') || '-';
}

/** Those of these that the complete plan has. */
export function plannedIds(app: App, ids: readonly StepId[]): readonly StepId[] {
  return completeSteps(app).flatMap(({ id }) => (ids.includes(id) ? [id] : []));
}

function isSame(one: Step, other: Step): boolean {
  return one.id === other.id && one.checks === other.checks && one.compensation?.title === other.compensation?.title;
}
