/** The pet guard inside `cdk synth`: what was synthesised, compared with the committed plan. */
import { difference } from '../lib/inventory/difference.ts';
import { guard } from '../lib/inventory/guard.ts';
import { inventoryOf } from '../lib/inventory/inventory.ts';
import type { PlannedResource } from '../lib/inventory/resource.ts';
import { committedPlan } from './planned.ts';

/** How the CDK CLI is told of an approval. */
const approveContext = (ids: readonly string[]) => `npx cdk synth --context approve=${ids.join(',')}`;

/** @throws PetGuardError when a template would lose something that the committed plan has. Without a committed plan nothing is compared. */
export function guardTemplates(environmentName: string, planned: readonly PlannedResource[], approved: readonly string[]): void {
  const committed = committedPlan(environmentName);
  if (!committed) return;
  const aws = committed.resources.filter(({ cloud }) => cloud === 'aws');
  guard(difference({ ...committed, resources: aws }, inventoryOf(environmentName, planned)), approved, approveContext);
}
