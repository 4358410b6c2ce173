/** What the Pulumi engine does to resources that refer to a replaced one. */
import { isObject } from '../normalise.ts';
import { notYetKnown, refersTo, withReplaced } from '../references.ts';
import type { Json, PlannedResource, Properties } from '../resource.ts';

/**
 * The properties as the engine compares them. A resource with a fixed name is deleted before its
 * successor is made, so what depends on it must be asked first: the engine takes each of its
 * properties that refers to the old one anywhere for unknown, whole, and replaces it where such a
 * property replaces (`calculateDependentReplacements` of the engine). Others are made first, and
 * only what refers to them is unknown.
 */
export function withReplacedOnGcp(properties: Properties, replaced: readonly PlannedResource[]): Properties {
  const fixed = replaced.filter(({ properties: { name } }) => typeof name === 'string').map(({ id }) => id);
  const others = replaced.filter(({ id }) => !fixed.includes(id));
  const entries = Object.entries(withReplaced(properties, others));
  return Object.fromEntries(entries.map(([name, value]) => [name, mentions(value, fixed) ? notYetKnown : value]));
}

function mentions(value: Json, ids: readonly string[]): boolean {
  if (Array.isArray(value)) return value.some((item) => mentions(item, ids));
  if (!isObject(value)) return false;
  return refersTo(value, ids) || Object.values(value).some((inner) => mentions(inner, ids));
}
