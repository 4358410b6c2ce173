/**
 * The guard for stateful resources inside `cdk synth`: what was synthesised, compared with the
 * committed plan.
 */
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import type { Environment } from '../../../lib/config/environment.ts';
import { requireKnownApprovals } from '../../../lib/inventory/approvals.ts';
import { difference } from '../../../lib/inventory/difference.ts';
import { guard } from '../../../lib/inventory/guard.ts';
import { committedPlan } from './planned-inventory.ts';
import { resourcesOf } from './synthesise.ts';

/** The command that passes an approval to the CDK CLI. */
const approveContext = (ids: readonly string[]) => `npx cdk synth --context approve=${ids.join(',')}`;

/**
 * Nothing is compared without a committed plan, nor in a synth that the CLI will repeat because it
 * has to look the image up first.
 * @throws DojangError `unknown-approval`; StatefulChangeError when a template would lose
 *   something that the committed plan has.
 */
export function guardAssembly(environment: Environment, assembly: CloudAssembly, approved: readonly string[]): void {
  if ((assembly.manifest.missing ?? []).length > 0) return;
  const planned = resourcesOf(assembly);
  const committed = committedPlan(environment);
  requireKnownApprovals(approved, [...planned, ...(committed?.resources ?? [])], approveContext);
  if (!committed) return;
  const before = committed.resources.filter(({ cloud }) => cloud === 'aws');
  guard(difference(before, planned), approved, approveContext);
}
