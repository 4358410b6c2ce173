/**
 * What a deployment that goes on interrupts: what is replaced or deleted by an approval, and
 * machines that restart.
 */
import { dataVolumeId, isDataVolumeId } from '../config/data-disks.ts';
import { needsApproval } from './guard.ts';
import type { Effect, ResourceChange } from './resource.ts';
import { holdingOf, loss } from './stateful-resources.ts';

/**
 * Properties whose change stops a running machine and starts it again. AWS: "Update requires: Some
 * interruptions" in the CloudFormation reference, for machines on EBS. GCP: what the provider lists
 * for `allow_stopping_for_update`
 * (https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/compute_instance).
 */
const restarting: Readonly<Record<string, readonly string[]>> = {
  'AWS::EC2::Instance': ['AdditionalInfo', 'EbsOptimized', 'InstanceType', 'KernelId', 'RamdiskId', 'UserData'],
  'gcp:compute/instance:Instance': [
    'advancedMachineFeatures',
    'enableDisplay',
    'machineType',
    'minCpuPlatform',
    'serviceAccount',
    'shieldedInstanceConfig',
  ],
};

/** Whether a machine is stopped and started by this change; it keeps its disks and addresses. */
export function restarts({ type, effect, changed }: Pick<ResourceChange, 'type' | 'effect' | 'changed'>): boolean {
  const properties = restarting[type];
  return effect === 'update' && properties !== undefined && changed.some((path) => properties.includes(path.split(/[.[]/)[0] ?? path));
}

const done: Readonly<Partial<Record<Effect, string>>> = { replace: 'replaced', delete: 'deleted', unprotect: 'unprotected' };

/**
 * `7 to change, nothing lost`, or `7 to change, by approval: Host replaced`, of changes that the
 * guard let through.
 */
export function changesText(changes: readonly ResourceChange[]): string {
  if (changes.length === 0) return 'nothing to change';
  const approved = changes.filter(needsApproval).map(({ id, effect }) => `${id} ${done[effect]}`);
  return `${changes.length} to change, ${approved.length > 0 ? `by approval: ${approved.join(', ')}` : 'nothing lost'}`;
}

/** A sentence for each loss that was approved and for each machine that restarts. */
export function interruptions(changes: readonly ResourceChange[]): string[] {
  return [...changes.flatMap(interruption), ...emptyVolume(changes)];
}

/** A data volume that takes the place of another without a snapshot. */
function emptyVolume(changes: readonly ResourceChange[]): string[] {
  const isVolume = ({ type, id }: ResourceChange) => type === 'AWS::EC2::Volume' && isDataVolumeId(id);
  const leaves = changes.some((change) => isVolume(change) && change.effect === 'delete');
  const empty = changes.find((change) => isVolume(change) && change.effect === 'create' && change.id === dataVolumeId(undefined));
  return leaves && empty ? [`${empty.id} is new and empty: aws.dataSnapshot names no snapshot that it is made from`] : [];
}

function interruption(change: ResourceChange): string[] {
  const holding = holdingOf(change.type);
  if (needsApproval(change) && holding) return [`${change.id} is ${done[change.effect]}, as approved: ${loss[holding]}`];
  return restarts(change) ? [`${change.id} restarts: ${served(change)} is down for some minutes`] : [];
}

function served({ cloud }: ResourceChange): string {
  return cloud === 'gcp' ? 'the AI server' : 'the service';
}
