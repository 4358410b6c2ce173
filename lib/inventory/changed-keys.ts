/** Which properties of a resource differ. */
import { sameValue } from './normalise.ts';
import type { Properties } from './resource.ts';

/** Names of the top-level properties that differ, in order. */
export function changedKeys(before: Properties, after: Properties): string[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].filter((key) => !sameValue(before[key], after[key])).sort();
}
