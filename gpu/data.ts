/**
 * What outlives the machine: models and the vector index, on a disk of their own with a snapshot
 * every day.
 */
import { AttachedDisk } from '@pulumi/gcp/compute/attachedDisk.js';
import { Disk } from '@pulumi/gcp/compute/disk.js';
import { DiskResourcePolicyAttachment } from '@pulumi/gcp/compute/diskResourcePolicyAttachment.js';
import type { Instance } from '@pulumi/gcp/compute/instance.js';
import { ResourcePolicy } from '@pulumi/gcp/compute/resourcePolicy.js';
import { ComponentResource, type ComponentResourceOptions, type Resource } from '@pulumi/pulumi';
import { dataDiskName } from '../lib/config/data-disks.ts';
import type { Environment } from '../lib/config/environment.ts';
import { gcpDataDeviceName, gcpResources } from '../lib/config/names.ts';
import { protectUnlessApproved } from './protection.ts';

/** 03:00 in Seoul, in UTC as Google wants it. */
const snapshotsStart = '18:00';

export interface AiDataArgs {
  readonly environment: Environment;
  readonly zone: string;
  readonly approved: readonly string[];
  /** Left out once the machine is gone: only the disk stays then, and with RunPod its snapshots. */
  readonly machine?: Instance;
  /** The APIs it needs. */
  readonly after: readonly Resource[];
}

export class AiData extends ComponentResource {
  readonly disk: Disk;

  constructor(name: string, args: AiDataArgs, opts: ComponentResourceOptions) {
    super('dojang:gpu:AiData', name, {}, opts);
    this.disk = disk(this, args);
    if (args.machine) attachment(this, args, this.disk, args.machine);
    if (args.machine || args.environment.runpod) snapshots(this, args, this.disk);
    this.registerOutputs();
  }
}

/**
 * The disk waits for the machine although it does not need it: a zone without a T4 then fails
 * before there is data in it, and the next zone can be taken freely.
 */
function disk(parent: Resource, { environment, zone, approved, machine }: AiDataArgs): Disk {
  const { project, dataSnapshot } = environment.gcp;
  return new Disk(
    gcpResources.data,
    {
      project,
      zone,
      name: dataDiskName(environment.names.gcp.dataDisk, dataSnapshot),
      ...(dataSnapshot !== undefined && { snapshot: `projects/${project}/global/snapshots/${dataSnapshot}` }),
      description: 'models and the vector index',
      type: 'pd-balanced',
      size: environment.gcp.dataDisk.gib,
      createSnapshotBeforeDestroy: true,
      labels: environment.names.tags,
    },
    { parent, dependsOn: machine ?? [], ...protectUnlessApproved(gcpResources.data, approved) },
  );
}

function attachment(parent: Resource, { environment, zone }: AiDataArgs, of: Disk, machine: Instance): void {
  const { project } = environment.gcp;
  new AttachedDisk(
    'ai-data-attachment',
    { project, zone, disk: of.id, instance: machine.id, deviceName: gcpDataDeviceName, mode: 'READ_WRITE' },
    { parent, deleteBeforeReplace: true },
  );
}

function snapshots(parent: Resource, { environment, zone, after }: AiDataArgs, of: Disk): void {
  const { project, region } = environment.gcp;
  const policy = new ResourcePolicy(
    'ai-data-snapshots',
    {
      project,
      region,
      name: environment.names.gcp.snapshots,
      description: 'a snapshot of the data disk every day',
      snapshotSchedulePolicy: {
        schedule: { dailySchedule: { daysInCycle: 1, startTime: snapshotsStart } },
        retentionPolicy: { maxRetentionDays: environment.gcp.snapshots.keepDays, onSourceDiskDelete: 'KEEP_AUTO_SNAPSHOTS' },
        snapshotProperties: { labels: environment.names.tags, storageLocations: region, guestFlush: false },
      },
    },
    { parent, dependsOn: [...after] },
  );
  new DiskResourcePolicyAttachment(
    'ai-data-snapshots-attachment',
    { project, zone, disk: of.name, name: policy.name },
    { parent, deleteBeforeReplace: true },
  );
}
