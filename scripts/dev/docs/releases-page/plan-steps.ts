/** Steps of the complete plans, as the page names them. */
import type { App } from '../../../../lib/release/artifact.ts';
import { deployPlan } from '../../../../lib/release/plan/plan.ts';
import type { StepId } from '../../../../lib/release/plan/step.ts';

export const planSteps = (app: App) => deployPlan(app).steps;

export function idsText(ids: readonly StepId[]): string {
  return ids.map((id) => `\`${id}\``).join(', ') || '-';
}

/** Those of these that the plan has, in its order. */
export function plannedIds(app: App, ids: readonly StepId[]): readonly StepId[] {
  return planSteps(app).flatMap(({ id }) => (ids.includes(id) ? [id] : []));
}
