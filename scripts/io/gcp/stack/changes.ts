/** What `up` would change, from the engine's own preview. */
import type { EngineEvent, PulumiFn, Stack, StepEventMetadata } from '@pulumi/pulumi/automation/index.js';
import type { Effect, ResourceChange } from '../../../../lib/inventory/resource.ts';
import { whileTemporaryFolder } from '../../state.ts';
import { engineRun } from '../engine/engine-run.ts';
import { EngineFailed, protectedIn } from '../engine/failures.ts';
import type { Session } from '../engine/session.ts';
import { nameOf } from '../engine/urn.ts';

/**
 * Previews a program. Nothing is stored: where there is no stack yet, an empty one elsewhere takes
 * its place. A change that protection forbids is listed like any other.
 * @throws EngineFailed when the preview fails.
 */
export async function previewChanges(session: Session, program: PulumiFn): Promise<ResourceChange[]> {
  const existing = await session.existing(silent);
  if (!existing) return whileTemporaryFolder(async (folder) => stepsOf(session, await session.blank(folder, silent), program));
  try {
    return await stepsOf(session, existing, program);
  } catch (error) {
    // What would be replaced together with something protected ends the preview before it has
    // shown a step.
    if (!isProtection(error)) throw error;
    return stepsOf(session, await session.withoutProtection(silent), program);
  }
}

const silent = () => undefined;

async function stepsOf(session: Session, stack: Pick<Stack, 'preview'>, program: PulumiFn): Promise<ResourceChange[]> {
  const steps: StepEventMetadata[] = [];
  const collect = (event: EngineEvent) => {
    const step = event.resourcePreEvent?.metadata;
    if (step) steps.push(step);
  };
  await engineRun(session, silent, (options) => stack.preview({ ...options, program }), collect);
  return changesOf(steps);
}

const effects: Readonly<Partial<Record<StepEventMetadata['op'], Effect>>> = {
  create: 'create',
  import: 'create',
  update: 'update',
  delete: 'delete',
  replace: 'replace',
  'create-replacement': 'replace',
  'delete-replaced': 'replace',
};

/** One change for each GCP resource, of the up to three steps that a replacement has. */
export function changesOf(steps: readonly StepEventMetadata[]): ResourceChange[] {
  const changes = new Map<string, ResourceChange>();
  for (const step of steps) {
    const effect = effects[step.op];
    if (!effect || !step.type.startsWith('gcp:')) continue;
    const known = changes.get(step.urn);
    const changed = [...new Set([...(known?.changed ?? []), ...causes(step, effect)])];
    changes.set(step.urn, { cloud: 'gcp', stack: componentOf(step), id: nameOf(step.urn), type: step.type, effect, changed });
  }
  return [...changes.values()];
}

/** The properties that differ; of a replacement, those that cause it. */
function causes({ keys, diffs, detailedDiff }: StepEventMetadata, effect: Effect): string[] {
  if (effect === 'create' || effect === 'delete') return [];
  const detailed = Object.entries(detailedDiff ?? {});
  const replacing = [...(keys ?? []), ...detailed.filter(([, { diffKind }]) => diffKind.endsWith('replace')).map(([path]) => path)];
  const all = effect === 'replace' && replacing.length > 0 ? replacing : [...(diffs ?? []), ...detailed.map(([path]) => path)];
  return all.map((path) => path.split(/[.[]/)[0] ?? path);
}

/** The component it belongs to; empty for a resource that belongs to none. */
function componentOf(step: StepEventMetadata): string {
  const parent = (step.new ?? step.old)?.parent ?? '';
  return parent.includes('pulumi:pulumi:Stack') && !parent.includes('$') ? '' : nameOf(parent);
}

/** Whether all that failed is that something protected would go. */
function isProtection(error: unknown): boolean {
  if (!(error instanceof EngineFailed)) return false;
  return error.faults.length > 0 && error.faults.every((text) => protectedIn([text]).length > 0);
}
