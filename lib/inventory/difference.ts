/** What a plan changes: resources compared with those planned before. */
import { machinesOfOtherVolumes, placeOf } from './aws/attachments.ts';
import { awsEffect } from './aws/effect.ts';
import { changedKeys } from './changed-keys.ts';
import { withReplacedOnGcp } from './gcp/dependents.ts';
import { gcpEffect } from './gcp/effect.ts';
import { sameValue } from './normalise.ts';
import { withReplaced } from './references.ts';
import type { PlannedResource, ResourceChange, ResourceProvider } from './resource.ts';

/**
 * The changes that lead from `before` to `after`, in the order of `after`, deletions last. A
 * resource is the same one when cloud, stack, type and id are the same: neither CloudFormation nor
 * Pulumi carries one over to another stack or type. What refers to a replaced resource changes with
 * it, and may be replaced for it.
 */
export function difference(before: readonly PlannedResource[], after: readonly PlannedResource[]): ResourceChange[] {
  const old = new Map(before.map((resource) => [identity(resource), resource]));
  const still = new Set(after.map(identity));
  const gone = before.filter((resource) => !still.has(identity(resource)));
  return [...changesOf(old, after, machinesOfOtherVolumes(before, after)), ...gone.map((resource) => change(resource, 'delete'))];
}

/** Asked again until no further resource is replaced: a chain of references is as long as it is. */
function changesOf(
  old: ReadonlyMap<string, PlannedResource>,
  resources: readonly PlannedResource[],
  leaving: ReadonlyMap<string, readonly string[]>,
): ResourceChange[] {
  let replaced: readonly PlannedResource[] = [];
  for (;;) {
    const changes = resources.flatMap((resource) => {
      const reason = resource.cloud === 'aws' && old.has(identity(resource)) ? leaving.get(placeOf(resource)) : undefined;
      return reason ? [change(resource, 'replace', reason)] : changeOf(old.get(identity(resource)), resource, replaced);
    });
    const names = new Set(changes.filter(({ effect }) => effect === 'replace').map(({ cloud, stack, id }) => `${cloud} ${stack} ${id}`));
    const now = resources.filter(({ cloud, stack, id }) => names.has(`${cloud} ${stack} ${id}`));
    if (now.length === replaced.length) return changes;
    replaced = now;
  }
}

/**
 * What a cloud does to a resource when its properties change. RunPod changes an endpoint where it
 * is.
 */
const effectOn: Record<ResourceProvider, typeof awsEffect> = {
  aws: awsEffect,
  gcp: gcpEffect,
  runpod: (_type, before, after) => ({ effect: 'update', changed: changedKeys(before, after) }),
};

function changeOf(before: PlannedResource | undefined, after: PlannedResource, replaced: readonly PlannedResource[]): ResourceChange[] {
  if (!before) return [change(after, 'create')];
  const others = replaced.filter(({ cloud }) => cloud === after.cloud);
  const properties = after.cloud === 'gcp' ? withReplacedOnGcp(after.properties, others) : withReplaced(after.properties, others);
  const unprotected = before.retained && !after.retained ? [change(after, 'unprotect')] : [];
  if (sameValue(before.properties, properties)) return unprotected;
  const { effect, changed } = effectOn[after.cloud](after.type, before.properties, properties);
  return changed.length === 0 ? unprotected : [...unprotected, change(after, effect, changed)];
}

function change(
  { cloud, stack, id, type }: PlannedResource,
  effect: ResourceChange['effect'],
  changed: readonly string[] = [],
): ResourceChange {
  return { cloud, stack, id, type, effect, changed };
}

function identity({ cloud, stack, type, id }: PlannedResource): string {
  return [cloud, stack, type, id].join('\n');
}
