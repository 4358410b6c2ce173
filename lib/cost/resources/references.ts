/**
 * Finds the resources that a resource refers to, without looking through the whole plan each time.
 */
import { isObject } from '../../inventory/normalise.ts';
import type { Json } from '../../inventory/resource.ts';
import type { BilledResource, CostContext } from '../component.ts';

/** The values of a resource that may refer to another. */
type References = (resource: BilledResource) => readonly (Json | undefined)[];

interface Index {
  readonly byPlace: ReadonlyMap<string, BilledResource>;
  readonly byType: ReadonlyMap<string, readonly BilledResource[]>;
  /** Resources by what they refer to, by kind of reference and type. */
  readonly byTarget: Map<References, Map<string, ReadonlyMap<string, readonly BilledResource[]>>>;
  /** The first resource of each key, by kind of key. */
  readonly firsts: Map<KeyOf, ReadonlyMap<string, BilledResource>>;
}

/** What several resources may have in common and pay for once. */
type KeyOf = (resource: BilledResource) => string;

/** One index for each list of resources, made on the first question and gone with the list. */
const indexes = new WeakMap<readonly BilledResource[], Index>();

function indexOf({ resources }: CostContext): Index {
  const made = indexes.get(resources);
  if (made) return made;
  const byPlace = new Map(resources.map((resource) => [placeOf(resource.provider, resource.stack, resource.id), resource]));
  const index: Index = { byPlace, byType: Map.groupBy(resources, ({ type }) => type), byTarget: new Map(), firsts: new Map() };
  indexes.set(resources, index);
  return index;
}

function ofType(context: CostContext, type: string): readonly BilledResource[] {
  return indexOf(context).byType.get(type) ?? [];
}

/**
 * The resource that a property refers to, when it is in the plan: by `{ ref }`, within its stack,
 * or by an export of another stack.
 */
export function referred(context: CostContext, from: BilledResource, value: Json | undefined): BilledResource | undefined {
  const place = targetOf(from, value);
  return place === undefined ? undefined : indexOf(context).byPlace.get(place);
}

/** Resources of `type` of which one of the `references` is to `target`. */
export function referrers(context: CostContext, type: string, references: References, target: BilledResource): readonly BilledResource[] {
  const { byTarget } = indexOf(context);
  const ofTypes = byTarget.get(references) ?? new Map<string, ReadonlyMap<string, readonly BilledResource[]>>();
  byTarget.set(references, ofTypes);
  const known = ofTypes.get(type) ?? targetsOf(ofType(context, type), references);
  ofTypes.set(type, known);
  return known.get(placeOf(target.provider, target.stack, target.id)) ?? [];
}

function targetsOf(resources: readonly BilledResource[], references: References) {
  const pairs = resources.flatMap((resource) => references(resource).map((value) => [targetOf(resource, value), resource] as const));
  const grouped = Map.groupBy(pairs, ([target]) => target ?? '');
  return new Map([...grouped].map(([target, members]) => [target, members.map(([, resource]) => resource)] as const));
}

/**
 * Whether no resource of the same type before this one has the same key: what they share is then
 * counted here.
 */
export function isFirst(context: CostContext, resource: BilledResource, keyOf: KeyOf): boolean {
  return firstByKey(context, resource.type, keyOf).get(keyOf(resource)) === resource;
}

/** The keys that resources of a type have, each once. */
export function keysOf(context: CostContext, type: string, keyOf: KeyOf): readonly string[] {
  return [...firstByKey(context, type, keyOf).keys()];
}

function firstByKey(context: CostContext, type: string, keyOf: KeyOf): ReadonlyMap<string, BilledResource> {
  const { firsts } = indexOf(context);
  const known =
    firsts.get(keyOf) ??
    new Map(
      ofType(context, type)
        .toReversed()
        .map((each) => [keyOf(each), each] as const),
    );
  firsts.set(keyOf, known);
  return known;
}

/** Ids of Pulumi are unique within the cloud; those of CloudFormation within their stack. */
function placeOf(provider: string, stack: string, id: string): string {
  return provider === 'aws' ? `${stack}\n${id}` : `${provider}\n${id}`;
}

function targetOf(from: BilledResource, value: Json | undefined): string | undefined {
  if (!isObject(value)) return undefined;
  const { ref, 'Fn::ImportValue': imported } = value;
  if (typeof ref === 'string') return placeOf(from.provider, from.stack, ref.split('.')[0] ?? ref);
  return typeof imported === 'string' ? exportedBy(imported) : undefined;
}

/**
 * The CDK's names of exports: `stack:ExportsOutputRefDataVolumeBFDC1AFD`,
 * `stack:ExportsOutputFnGetAttAddressAllocationId6F69984F`.
 */
function exportedBy(imported: string): string | undefined {
  const [, stack, ref, attribute] = /^([^:]+):ExportsOutput(?:Ref(\w+)|FnGetAtt(\w+))[0-9A-F]{8}$/.exec(imported) ?? [];
  if (stack && ref) return placeOf('aws', stack, ref);
  const id = attribute?.replace(/(AllocationId|GroupId|PublicIp|Arn|VolumeId|Id)$/, '');
  return stack && id ? placeOf('aws', stack, id) : undefined;
}
