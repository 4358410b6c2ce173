/**
 * Names that an approval is given by: one that no resource has is a mistake, and what was meant
 * would still be refused later.
 */
import { DojangError } from '../errors/dojang-error.ts';
import { didYouMean, suggestionFor } from '../values/suggestion.ts';
import { approveOption } from './guard.ts';
import { compare } from './normalise.ts';
import type { PlannedResource } from './resource.ts';
import { holdingOf } from './stateful-resources.ts';

export type KnownResource = Pick<PlannedResource, 'id' | 'type'>;

/** The approved names that none of these resources has, in the order they were given. */
export function unknownApprovals(approved: readonly string[], known: readonly KnownResource[]): string[] {
  const ids = new Set(known.map(({ id }) => id));
  return approved.filter((name) => !ids.has(name));
}

/**
 * @throws DojangError `unknown-approval` with every such name and the one that was most likely
 *   meant.
 */
export function requireKnownApprovals(
  approved: readonly string[],
  known: readonly KnownResource[],
  approveWith: (ids: readonly string[]) => string = approveOption,
): void {
  const unknown = unknownApprovals(approved, known);
  if (unknown.length === 0) return;
  const ids = [...new Set(known.map(({ id }) => id))];
  const meant = approved.map((name) => (ids.includes(name) ? name : suggestionFor(name, ids)));
  throw new DojangError('unknown-approval', unknown.map((name) => `no resource is called ${name}${didYouMean(name, ids)}`).join('\n'), {
    why: 'An approval is for one resource by its name, and that of another would be needed later.',
    next: meant.every((name) => name !== undefined) ? approveWith(meant) : `approve one of these: ${approvable(known).join(', ')}`,
  });
}

/** Ids of what holds something: only those need an approval. */
function approvable(known: readonly KnownResource[]): string[] {
  return [...new Set(known.filter(({ type }) => holdingOf(type)).map(({ id }) => id))].sort(compare);
}
