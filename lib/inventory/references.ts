/** What refers to what: a replaced resource gives others a new value to refer to. */
import { isObject } from './normalise.ts';
import type { Json, PlannedResource, Properties } from './resource.ts';

/** Stands for a value that is not known before the deployment. */
export const notYetKnown = '<known after the deployment>';

/** The properties as they will be once `replaced` resources have new ids, addresses and names. */
export function withReplaced(properties: Properties, replaced: readonly PlannedResource[]): Properties {
  const ids = replaced.map(({ id }) => id);
  return (replaced.length === 0 ? properties : mark(properties, ids)) as Properties;
}

function mark(value: Json, ids: readonly string[]): Json {
  if (Array.isArray(value)) return value.map((item) => mark(item, ids));
  if (!isObject(value)) return value;
  if (refersTo(value, ids)) return notYetKnown;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mark(inner, ids)]));
}

export function refersTo(value: Properties, ids: readonly string[]): boolean {
  const { ref, 'Fn::ImportValue': imported } = value;
  if (typeof ref === 'string') return ids.includes(ref.split('.')[0] ?? '');
  return typeof imported === 'string' && ids.some((id) => exportOf(id).test(imported));
}

/**
 * The CDK names an export after what it exports, with a hash of eight digits:
 * `stack:ExportsOutputRefSubnetABCD1234`, `stack:ExportsOutputFnGetAttAddressPublicIpABCD1234`.
 * `Host` is not `HostGroup`.
 */
function exportOf(id: string): RegExp {
  return new RegExp(`Output(Ref${id}|FnGetAtt${id}[A-Z][A-Za-z]*)[0-9A-F]{8}$`);
}
