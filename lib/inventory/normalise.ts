/**
 * Takes out of a resource's properties what changes without meaning: order of keys, hashes of
 * assets, ways to write a reference.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Json, Properties } from './resource.ts';

/**
 * Asset hashes (64 hex digits) and image digests: they follow the content, which the plan does not
 * describe.
 */
const hash = /\b[0-9a-f]{64}\b/g;

/**
 * The properties with keys in order, references as `{ ref: 'Id' }` or `{ ref: 'Id.Attribute' }`,
 * and hashes masked.
 */
export function normalise(properties: unknown): Properties {
  return (simplify(properties ?? {}) ?? {}) as Properties;
}

function simplify(value: unknown): Json | undefined {
  if (typeof value === 'string') return value.replace(hash, '<hash>');
  if (Array.isArray(value)) return value.map((item) => simplify(item) ?? null);
  if (typeof value === 'object' && value !== null) return simplifyObject(value);
  return typeof value === 'number' || typeof value === 'boolean' || value === null ? value : undefined;
}

function simplifyObject(value: object): Json {
  const entries = Object.entries(value);
  const [key, inner] = entries[0] ?? [];
  if (entries.length === 1 && key === 'Ref') return { ref: String(inner) };
  if (entries.length === 1 && key === 'Fn::GetAtt') return { ref: Array.isArray(inner) ? inner.join('.') : String(inner) };
  const simple = entries.map(([name, item]) => [name, name === 'Tags' ? sortTags(simplify(item)) : simplify(item)] as const);
  return Object.fromEntries(simple.filter((entry): entry is [string, Json] => entry[1] !== undefined).sort(byKey));
}

/** Tags are a set written as a list; sorted, so that their order never shows as a change. */
function sortTags(tags: Json | undefined): Json | undefined {
  if (!Array.isArray(tags)) return tags;
  return [...tags].sort((one, other) => compare(JSON.stringify(one), JSON.stringify(other)));
}

function byKey([one]: [string, Json], [other]: [string, Json]): number {
  return compare(one, other);
}

/** Order by code unit: the same on every machine, whatever its locale. */
export function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Whether two values say the same, whatever the order of their keys. */
export function sameValue(one: Json | undefined, other: Json | undefined): boolean {
  return isDeepStrictEqual(one, other);
}

export function isObject(value: Json | undefined): value is Properties {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
