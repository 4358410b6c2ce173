/**
 * The guard for stateful resources: nothing that holds data or an address, and no machine, goes
 * without an approval that names it.
 */
import { DojangError } from '../errors/dojang-error.ts';
import { compare } from './normalise.ts';
import type { Effect, ResourceChange } from './resource.ts';
import { holdingOf, loss } from './stateful-resources.ts';

/** What a change may do to a stateful resource only with an approval. */
const losing: readonly Effect[] = ['replace', 'delete', 'unprotect'];

/** The changes that need an approval and have none. */
export function unapproved(changes: readonly ResourceChange[], approved: readonly string[]): ResourceChange[] {
  return changes.filter((change) => needsApproval(change) && !approved.includes(change.id));
}

/**
 * Ids of everything that has to be approved together, approved already or not: what is typed for
 * the whole change.
 */
export function toApprove(changes: readonly ResourceChange[]): string[] {
  return [...new Set(changes.filter(needsApproval).map(({ id }) => id))].sort(compare);
}

/**
 * Whether a change takes away what something holds: it then goes on only by a name that was given.
 */
export function needsApproval({ effect, type }: ResourceChange): boolean {
  return losing.includes(effect) && holdingOf(type) !== undefined;
}

/**
 * Stops a plan that would lose something. The message names each resource, why it goes and what
 * would be lost.
 */
export class StatefulChangeError extends DojangError {
  readonly changes: readonly ResourceChange[];

  /** `all` names what has to be approved together, when some of it is approved already. */
  constructor(
    changes: readonly ResourceChange[],
    approveWith: (ids: readonly string[]) => string,
    all: readonly string[] = toApprove(changes),
  ) {
    super('stateful-change', `refused to go on\n${changes.map(describe).join('\n')}`, {
      why: 'What holds data or an address, and a machine that serves, is never replaced or deleted by the way.',
      next: `take the change back, or approve it by name: ${approveWith(all)}`,
    });
    this.changes = changes;
  }
}

/** How an approval is passed to `dojang` itself. */
export const approveOption = (ids: readonly string[]) => ids.map((id) => `--approve ${id}`).join(' ');

/** @throws StatefulChangeError when a change would lose something and no approval names it. */
export function guard(
  changes: readonly ResourceChange[],
  approved: readonly string[],
  approveWith: (ids: readonly string[]) => string = approveOption,
): void {
  const refused = unapproved(changes, approved);
  if (refused.length > 0) throw new StatefulChangeError(refused, approveWith, toApprove(changes));
}

function describe({ cloud, effect, id, type, changed }: ResourceChange): string {
  const holding = holdingOf(type);
  const reason = changed.length > 0 ? ` because ${changed.join(', ')} changed` : '';
  return `    ${cloud}  would ${effect} ${id} (${type})${reason}: ${holding ? loss[holding] : ''}`;
}
