/** What a plan changes: one inventory compared with another. */
import { awsEffect } from './aws/effect.ts';
import { gcpEffect } from './gcp/effect.ts';
import { sameValue } from './normalise.ts';
import type { Inventory, PlannedResource, ResourceChange } from './resource.ts';

/**
 * The changes that lead from `before` to `after`, in the order of the inventories, deletions last. A resource is the same one
 * when cloud, stack, type and id are the same: neither CloudFormation nor Pulumi carries one over to another stack or type.
 */
export function difference(before: Inventory, after: Inventory): ResourceChange[] {
  const old = new Map(before.resources.map((resource) => [identity(resource), resource]));
  const kept = new Set(after.resources.map(identity));
  const changed = after.resources.flatMap((resource) => changeOf(old.get(identity(resource)), resource));
  const gone = before.resources.filter((resource) => !kept.has(identity(resource)));
  return [...changed, ...gone.map((resource) => told(resource, 'delete'))];
}

function changeOf(before: PlannedResource | undefined, after: PlannedResource): ResourceChange[] {
  if (!before) return [told(after, 'create')];
  if (sameValue(before.properties, after.properties)) return [];
  const { effect, because } = (after.cloud === 'aws' ? awsEffect : gcpEffect)(after.type, before.properties, after.properties);
  return because.length === 0 ? [] : [told(after, effect, because)];
}

function told(
  { cloud, stack, id, type }: PlannedResource,
  effect: ResourceChange['effect'],
  because: readonly string[] = [],
): ResourceChange {
  return { cloud, stack, id, type, effect, because };
}

function identity({ cloud, stack, type, id }: PlannedResource): string {
  return [cloud, stack, type, id].join('\n');
}
