/** Which resources of a plan are those of another plan in another stack. */
import { isObject, sameValue } from '../../inventory/normalise.ts';
import type { Json } from '../../inventory/resource.ts';
import type { BilledResource } from '../component.ts';
import type { ResourceCost } from '../estimate/report.ts';

type Identified = ReadonlyMap<string, ResourceCost>;

/**
 * By what it is after: what it was before, in another stack. Where a type and id come more than
 * once, those with the same properties belong together; the rest is paired in its order when there
 * are as many before as after, and else it came or went.
 */
export function movedFrom(old: Identified, now: Identified): ReadonlyMap<ResourceCost, ResourceCost> {
  const gone = byName([...old].flatMap(([identity, cost]) => (now.has(identity) ? [] : cost)));
  if (gone.size === 0) return new Map();
  const come = byName([...now].flatMap(([identity, cost]) => (old.has(identity) ? [] : cost)));
  return new Map([...come].flatMap(([name, after]) => pairsOf(after, gone.get(name) ?? [])));
}

function byName(costs: readonly ResourceCost[]): Map<string, ResourceCost[]> {
  return Map.groupBy(costs, ({ resource: { provider, type, id } }) => `${provider}\n${type}\n${id}`);
}

type MovedPair = readonly [after: ResourceCost, before: ResourceCost];

function pairsOf(after: readonly ResourceCost[], before: readonly ResourceCost[]): MovedPair[] {
  const alike = Map.groupBy(before, ({ resource }) => contentOf(resource));
  const same = after.flatMap((cost): MovedPair[] => {
    const found = alike.get(contentOf(cost.resource))?.shift();
    return found ? [[cost, found]] : [];
  });
  const [newOnes, oldOnes] = [new Set(same.map(([cost]) => cost)), new Set(same.map(([, cost]) => cost))];
  const [others, rest] = [after.filter((cost) => !newOnes.has(cost)), before.filter((cost) => !oldOnes.has(cost))];
  if (others.length !== rest.length) return same;
  return [...same, ...others.flatMap((cost, index): MovedPair[] => (rest[index] ? [[cost, rest[index]]] : []))];
}

function contentOf({ region, properties }: BilledResource): string {
  return JSON.stringify([region, withoutReferences(properties)]);
}

export function sameResource(one: BilledResource, other: BilledResource): boolean {
  return one.region === other.region && sameValue(one.properties, other.properties);
}

/** Whether only the stack is another one, and with it how others are referred to. */
export function merelyMoved(one: BilledResource, other: BilledResource): boolean {
  if (one.stack === other.stack || one.region !== other.region) return false;
  return sameValue(withoutReferences(one.properties), withoutReferences(other.properties));
}

/** What is referred to within a stack is imported once it is in another one. */
function withoutReferences(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutReferences);
  if (!isObject(value)) return value;
  if (isReference(value)) return reference;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutReferences(inner)]));
}

const reference: Json = { ref: '' };

function isReference(value: { readonly [key: string]: Json }): boolean {
  const [key, ...others] = Object.keys(value);
  return others.length === 0 && (key === 'ref' || key === 'Fn::ImportValue');
}
