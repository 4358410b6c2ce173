/** Deploys stacks of AWS, and removes first what would stand in their way. */
import type { Environment } from '../../../lib/config/environment.ts';
import { DojangError } from '../../../lib/errors/dojang-error.ts';
import type { ResourceChange } from '../../../lib/inventory/resource.ts';
import type { FormerVolume } from '../../../lib/ports/aws.ts';
import type { Progress } from '../../../lib/ports/reporter.ts';
import type { Clouds } from '../../runtime/context.ts';

export interface DeployedStacks {
  /** The line for the terminal. */
  readonly text: string;
  /** Volumes that were the data volume before, when these stacks hold the one of today. */
  readonly formerVolumes: readonly FormerVolume[];
}

/**
 * Changes that were approved are carried out where CloudFormation alone would fail. It makes what
 * replaces before it removes what is replaced, and the data volume can be attached to one machine
 * only, the range of a subnet be used once, and an export not change while it is imported. So the
 * stack of a machine goes first, after the machine has stopped and unmounted its volume. That stack
 * holds no data; volume and address are in L0. Interrupted, the same again goes on.
 */
export async function deployAws(
  environment: Environment,
  { aws }: Clouds,
  stacks: readonly string[],
  changes: readonly ResourceChange[],
  progress: Progress,
): Promise<DeployedStacks> {
  const first = removedFirst(environment, stacks, changes);
  if (first.length > 0) await aws.destroy(first, progress);
  await aws.deploy(stacks, progress);
  const { Address, InstanceId, DataVolumeId } = await aws.outputs(stacks);
  const formerVolumes = DataVolumeId === undefined ? [] : await aws.releaseVolumes(DataVolumeId);
  return { text: Address ?? InstanceId ?? '', formerVolumes };
}

/**
 * The host goes before its data volume can be another one, and imports the id of the new one.
 * @param chosen the stacks that this run deploys
 * @throws DojangError `volume-first`, so that a chosen set of steps does not end without a host.
 */
export function requireVolumeFirst(
  { names, name }: Environment,
  { stacks, chosen }: { readonly stacks: readonly string[]; readonly chosen: readonly string[] },
  changes: readonly ResourceChange[],
): void {
  const both = [names.stacks.addresses, names.stacks.host];
  if (!both.some((each) => stacks.includes(each)) || both.every((each) => chosen.includes(each))) return;
  if (!leavesVolume(changes, [names.stacks.addresses])) return;
  throw new DojangError('volume-first', `the data volume of ${both.join(' and ')} is another one now, and only one of the two was chosen`, {
    why: 'Nothing was changed: the chosen steps would remove the machine, and could not make it again.',
    next: `dojang up --env ${name} with the steps aws-addresses and aws-host, or without --only`,
  });
}

function leavesVolume(changes: readonly ResourceChange[], stacks: readonly string[]): boolean {
  return changes.some(({ type, effect, stack }) => type === 'AWS::EC2::Volume' && effect === 'delete' && stacks.includes(stack));
}

/**
 * Whether this cannot be beside its replacement: a machine with the volume, or a subnet with its
 * range.
 */
function isExclusive({ type, effect, changed }: ResourceChange): boolean {
  if (effect !== 'replace') return false;
  if (type === 'AWS::EC2::Subnet') return !changed.includes('CidrBlock') && !changed.includes('VpcId');
  return type === 'AWS::EC2::Instance';
}

/**
 * The stacks to remove before these are deployed. With another data volume it is that of the host,
 * which imports the volume's id, whatever an interrupted run has left of it.
 */
export function removedFirst({ names }: Environment, stacks: readonly string[], changes: readonly ResourceChange[]): string[] {
  const replaced = changes.filter(isExclusive).map(({ stack }) => stack);
  return [...stacks.filter((stack) => replaced.includes(stack)), ...(leavesVolume(changes, stacks) ? [names.stacks.host] : [])];
}
