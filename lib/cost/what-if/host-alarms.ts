/** Alarms of a machine that several take the place of: each of them is watched as that one was. */
import { isObject } from '../../inventory/normalise.ts';
import type { Json } from '../../inventory/resource.ts';
import type { BilledResource } from '../component.ts';
import { knownMembers } from '../resources/property-reader.ts';

const alarm = 'AWS::CloudWatch::Alarm';

/**
 * The resources with an alarm for each of the `machines` in place of one that watches the `host`.
 */
export function watching(
  resources: readonly BilledResource[],
  host: BilledResource,
  machines: readonly BilledResource[],
): readonly BilledResource[] {
  return resources.flatMap((resource) => {
    if (!isOf(host, resource)) return resource;
    return machines.map(({ id }) => ({ ...resource, id: `${resource.id}${id}`, properties: retargeted(resource, host, id) }));
  });
}

function isOf(host: BilledResource, { type, stack, properties }: BilledResource): boolean {
  return type === alarm && stack === host.stack && knownMembers(properties.Dimensions).some((dimension) => isTo(host, dimension));
}

/** A dimension like `{ Name: 'InstanceId', Value: { ref: 'Host' } }`. */
function isTo(host: BilledResource, dimension: Json): boolean {
  return isObject(dimension) && isObject(dimension.Value) && dimension.Value.ref === host.id;
}

function retargeted({ properties }: BilledResource, host: BilledResource, id: string): BilledResource['properties'] {
  const dimensions = knownMembers(properties.Dimensions).map((each) =>
    isObject(each) && isTo(host, each) ? { ...each, Value: { ref: id } } : each,
  );
  return { ...properties, Dimensions: dimensions };
}
