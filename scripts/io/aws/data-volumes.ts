/** Snapshots that a data volume can be made from, and volumes that were the data volume before. */
import { CreateTagsCommand, DeleteTagsCommand, DescribeSnapshotsCommand, DescribeVolumesCommand, type Volume } from '@aws-sdk/client-ec2';
import { snapshotTag } from '../../../lib/constructs/storage/snapshot-tag.ts';
import type { FormerVolume } from '../../../lib/ports/aws.ts';
import type { DiskSnapshot } from '../../../lib/ports/snapshots.ts';
import type { AwsContext } from './aws-context.ts';

/**
 * A filter, unlike an id, does not fail for a snapshot that is not there. From an archived one no
 * volume can be made before it is restored to the standard tier.
 */
export async function snapshotOf({ clients }: AwsContext, id: string): Promise<DiskSnapshot | undefined> {
  const { Snapshots = [] } = await clients.ec2.send(new DescribeSnapshotsCommand({ Filters: [{ Name: 'snapshot-id', Values: [id] }] }));
  const [found] = Snapshots;
  if (!found) return undefined;
  const { VolumeSize = 0, State = 'unknown', StorageTier } = found;
  const isArchived = StorageTier === 'archive';
  return { gib: VolumeSize, isReady: State === 'completed' && !isArchived, state: isArchived ? 'archived' : State };
}

/**
 * CloudFormation keeps a volume that leaves its template, with the tags it had. Here it gets a name
 * that says what it is, and loses the tag that the snapshot policy goes by. Done twice, it changes
 * nothing the second time.
 */
export async function releaseVolumes({ clients, environment }: AwsContext, current: string): Promise<FormerVolume[]> {
  const { dataVolume, formerVolume } = environment.names.aws;
  const named = [{ Name: 'tag:Name', Values: [dataVolume, formerVolume] }];
  const { Volumes = [] } = await clients.ec2.send(new DescribeVolumesCommand({ Filters: named }));
  const former = Volumes.filter(({ VolumeId }) => VolumeId !== undefined && VolumeId !== current);
  const Resources = former.filter((volume) => tagOf(volume, 'Name') === dataVolume).flatMap(({ VolumeId }) => VolumeId ?? []);
  if (Resources.length > 0) {
    // The name goes last: without it, the tag would not be looked for again.
    await clients.ec2.send(new DeleteTagsCommand({ Resources, Tags: [{ Key: snapshotTag(dataVolume).key }] }));
    await clients.ec2.send(new CreateTagsCommand({ Resources, Tags: [{ Key: 'Name', Value: formerVolume }] }));
  }
  return former.map(({ VolumeId = '', Size = 0, AvailabilityZone = '' }) => ({ id: VolumeId, gib: Size, zone: AvailabilityZone }));
}

function tagOf({ Tags = [] }: Volume, key: string): string | undefined {
  return Tags.find(({ Key }) => Key === key)?.Value;
}
