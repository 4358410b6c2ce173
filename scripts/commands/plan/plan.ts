/** `dojang plan`: what the code plans, beside the committed plan or beside what is really there. */

import type { Environment } from '../../../lib/config/environment.ts';
import { difference } from '../../../lib/inventory/difference.ts';
import { approveOption, StatefulChangeError, toApprove } from '../../../lib/inventory/guard.ts';
import { planReport, renderPlan } from '../../../lib/inventory/plan-report.ts';
import type { PolicyFindings } from '../../../stacks/findings.ts';
import { inTemporaryFolder } from '../../io/state.ts';
import { today } from '../../io/today.ts';
import type { DataOf } from '../../runtime/answers/format.ts';
import type { Context } from '../../runtime/context.ts';
import type { Outcome } from '../../runtime/outcome.ts';
import { checkApprovals } from '../../runtime/plan/approvals.ts';
import { committedPlan, plannedInventory, writePlan } from '../../runtime/plan/planned-inventory.ts';
import { planAnswer } from './answer.ts';
import { planCost, planCostData, planCostLines } from './cost.ts';

export interface PlanOptions {
  /** Renews the committed plan. */
  readonly write: boolean;
  /** Adds what the policy checks find; takes a second more. */
  readonly findings: boolean;
}

/**
 * Compares with the committed plan file. A change that would lose something is refused unless it is
 * approved.
 */
export async function plan(context: Context, { write, findings }: PlanOptions): Promise<Outcome<DataOf<typeof planAnswer>>> {
  const { environment, options } = context;
  await checkApprovals(context);
  const planned = await plannedInventory(environment);
  const committed = committedPlan(environment);
  const changes = committed && difference(committed.resources, planned.resources);
  const result = planReport(environment, planned, changes && { changes }, options.approve);
  const written = write && !options.dryRun && result.refused.length === 0;
  if (written) writePlan(planned);
  const policy = findings ? await policyOf(environment) : undefined;
  const cost = planCost(environment, planned, committed, today());
  const lines = [...renderPlan(result, { cost: planCostLines(cost), written }), ...(policy ? policyLines(policy) : [])];
  const outcome = { format: planAnswer, data: { ...result, cost: planCostData(cost), policy, resources: planned.resources }, lines };
  return result.refused.length > 0
    ? { ...outcome, failure: new StatefulChangeError(result.refused, approveOption, toApprove(result.changes)) }
    : outcome;
}

async function policyOf(environment: Environment): Promise<PolicyFindings> {
  const { policyFindings } = await import('../../../stacks/findings.ts');
  return inTemporaryFolder((folder) => policyFindings(environment, folder));
}

function policyLines({ open, acknowledged }: PolicyFindings): string[] {
  return [
    '',
    `  policy  ${open.length} findings, ${acknowledged.length} acknowledged`,
    ...open.map(({ id, at, description }) => `    open  ${id}  ${at}\n          ${description}`),
    ...acknowledged.map(({ id, at, reason }) => `    ok    ${id}  ${at}\n          ${reason}`),
  ];
}
