/** Machines that cannot stay when another volume is attached to them. */
import { isObject, sameValue } from '../normalise.ts';
import type { PlannedResource } from '../resource.ts';

/**
 * What another volume replaces, as it must leave with its stack, by stack and id: the machine, with
 * the property that says so. CloudFormation attaches the new volume before it detaches the old one,
 * which has its device, and changes no export that the attachment imports: an update of the stacks
 * as they are cannot succeed.
 */
export function machinesOfOtherVolumes(
  before: readonly PlannedResource[],
  after: readonly PlannedResource[],
): ReadonlyMap<string, readonly string[]> {
  const wanted = new Map(after.filter(isAttachment).map((attachment) => [placeOf(attachment), attachment]));
  const machines = before.filter(isAttachment).flatMap((attachment) => {
    const other = wanted.get(placeOf(attachment));
    if (!other || sameValue(attachment.properties.VolumeId, other.properties.VolumeId)) return [];
    const machine = isObject(other.properties.InstanceId) ? other.properties.InstanceId.ref : undefined;
    return typeof machine === 'string' ? [[placeOf({ ...other, id: machine }), [`${other.id}.VolumeId`]] as const] : [];
  });
  return new Map(machines);
}

/** Key of `machinesOfOtherVolumes`. */
export function placeOf({ stack, id }: Pick<PlannedResource, 'stack' | 'id'>): string {
  return `${stack}\n${id}`;
}

function isAttachment({ cloud, type }: PlannedResource): boolean {
  return cloud === 'aws' && type === 'AWS::EC2::VolumeAttachment';
}
