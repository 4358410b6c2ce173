/** What a change of inputs means for a resource: nothing, an update in place, or a new resource. */
import { Cidr } from '../../values/cidr.ts';
import { isObject, sameValue } from '../normalise.ts';
import type { Json, Properties } from '../resource.ts';
import { nestedShapes, type ResourceSchema, type Shape, type Shapes } from './schema.ts';

export interface PropertyChange {
  readonly kind: 'add' | 'delete' | 'update';
  readonly replaces: boolean;
}

/**
 * Every difference by its path, like `bootDisk.initializeParams.image` or `allows[0].ports[1]`;
 * empty when nothing differs.
 */
export type Difference = ReadonlyMap<string, PropertyChange>;

/** Compares the inputs of a resource as they were and as they should be. */
export function difference(type: string, schema: ResourceSchema, old: Properties, news: Properties): Difference {
  const changes = new Map<string, PropertyChange>();
  compareObjects(schema.inputs, old, news, '', changes);
  for (const [name, fits] of Object.entries(growing[type] ?? {})) {
    const change = changes.get(name);
    if (change && !fits(old[name], news[name])) changes.set(name, { ...change, replaces: true });
  }
  return changes;
}

/**
 * Properties that change in place as long as nothing gets smaller, with the test of that. The
 * schema says "update" of them.
 */
const growing: Readonly<Record<string, Readonly<Record<string, (old: Json | undefined, news: Json | undefined) => boolean>>>> = {
  'gcp:compute/disk:Disk': { size: (old, news) => !(typeof old === 'number' && typeof news === 'number' && news < old) },
  // `IsShrinkageIpCidr` of the Terraform provider: the new range must hold the whole old one.
  'gcp:compute/subnetwork:Subnetwork': { ipCidrRange: holdsRange },
};

/** A range that is not known yet replaces nothing by itself. */
function holdsRange(old: Json | undefined, news: Json | undefined): boolean {
  const ranges = [news, old].map((text) => (typeof text === 'string' && /^[\d.]+\/\d+$/.test(text) ? Cidr.of(text) : undefined));
  const [outer, inner] = ranges;
  return !outer || !inner || outer.contains(inner);
}

function compareObjects(shapes: Shapes, old: Properties, news: Properties, path: string, changes: Map<string, PropertyChange>): void {
  for (const name of new Set([...Object.keys(old), ...Object.keys(news)])) {
    if (name.startsWith('__')) continue;
    compare(shapes[name] ?? {}, old[name], news[name], path === '' ? name : `${path}.${name}`, changes);
  }
}

function compare(shape: Shape, old: Json | undefined, news: Json | undefined, path: string, changes: Map<string, PropertyChange>): void {
  if (sameValue(old, news)) return;
  const nested = nestedShapes(shape);
  if (nested && isObject(old) && isObject(news)) compareObjects(nested, old, news, path, changes);
  else if (shape.array && Array.isArray(old) && Array.isArray(news)) compareLists(shape, old, news, path, changes);
  else changes.set(path, { kind: kindOf(old, news), replaces: shape.replaces ?? false });
}

function kindOf(old: Json | undefined, news: Json | undefined): PropertyChange['kind'] {
  if (old === undefined) return 'add';
  return news === undefined ? 'delete' : 'update';
}

/**
 * What replaces the list replaces it for each of its plain items too; an item with properties of
 * its own knows better.
 */
function compareLists(shape: Shape, old: readonly Json[], news: readonly Json[], path: string, changes: Map<string, PropertyChange>): void {
  const item = { ...shape.array, replaces: shape.array?.replaces ?? shape.replaces ?? false };
  for (let index = 0; index < Math.max(old.length, news.length); index++) {
    compare(item, old[index], news[index], `${path}[${index}]`, changes);
  }
}
