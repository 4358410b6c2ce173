/**
 * Finishes what a killed run began: what the cloud really has is adopted into the state, the rest
 * is forgotten.
 */
import type { Stack } from '@pulumi/pulumi/automation/index.js';
import type { Properties } from '../../../../lib/inventory/resource.ts';
import type { Progress } from '../../../../lib/ports/reporter.ts';
import { engineRun } from '../engine/engine-run.ts';
import { EngineFailed } from '../engine/failures.ts';
import { givenId } from '../engine/given-ids.ts';
import { idOf } from '../engine/ids.ts';
import { type Session, type StateResource, stateOf } from '../engine/session.ts';
import { nameOf } from '../engine/urn.ts';
import { resumeDisk } from './resume-disk.ts';

/**
 * Leaves no pending operation. Killed in the middle, it does the same again the next time: the
 * operations go last.
 * @returns what the state records then
 * @throws EngineFailed when the cloud can't be asked.
 */
export async function recover(session: Session, stack: Stack, progress: Progress): Promise<readonly StateResource[]> {
  const found = await stateOf(stack);
  const resumed = await resumeDisk(session, stack, found, progress);
  const { resources, pending } = resumed ?? found;
  if (pending.length === 0 && !resumed) return resources;
  if (pending.length > 0) {
    progress(`finishing what an interrupted run began: ${pending.map(({ resource }) => nameOf(resource.urn)).join(', ')}`);
  }
  const recorded = new Set(resources.map(({ urn }) => urn));
  const begun = pending.filter(({ type, resource }) => type === 'creating' && !recorded.has(resource.urn));
  for (const { resource } of begun) await adopt(session, stack, resource, progress);
  await engineRun(session, progress, (options) => stack.refresh({ ...options, clearPendingCreates: true }));
  return (await stateOf(stack)).resources;
}

/** Giving a role or enabling an API once more does nothing, so those need no adoption. */
const repeatable = (type: string) => type.endsWith('IAMMember') || type === 'gcp:projects/service:Service';

async function adopt(session: Session, stack: Stack, resource: StateResource, progress: Progress): Promise<void> {
  const { urn, type, parent, provider } = resource;
  if (!type.startsWith('gcp:') || repeatable(type)) return;
  const inputs = (resource.inputs ?? {}) as Properties;
  const id = idOf(type, inputs) ?? (await givenId(type, inputs, session.options.connection));
  if (id === undefined) return;
  const one = { type, name: nameOf(urn), id, ...(parent && { parent: 'the-parent' }), ...(provider && { provider: 'the-provider' }) };
  // A reference to a provider is its URN and its id.
  const nameTable = { 'the-parent': parent ?? '', 'the-provider': provider?.split('::').slice(0, -1).join('::') ?? '' };
  try {
    await engineRun(session, progress, (options) =>
      stack.import({ ...options, resources: [one], nameTable, protect: false, generateCode: false }),
    );
  } catch (error) {
    if (!(error instanceof EngineFailed) || !isAbsent(error)) throw error;
  }
}

function isAbsent({ errors, cause }: EngineFailed): boolean {
  return /does not exist/.test(`${errors.join('\n')}\n${cause instanceof Error ? cause.message : ''}`);
}
