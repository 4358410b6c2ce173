/** The disk with everything that cannot be made again. */
import { EbsDeviceVolumeType, Volume } from 'aws-cdk-lib/aws-ec2';
import { Size as CdkSize, RemovalPolicy, Tags } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { dataVolumeId } from '../../config/data-disks.ts';
import type { Size } from '../../values/size.ts';
import { fixLogicalId } from '../fixed-id.ts';
import { snapshotTag } from './snapshot-tag.ts';

export interface DataVolumeProps {
  readonly name: string;
  readonly size: Size;
  /** Availability zone; a volume can only be attached to a machine in the same one. */
  readonly zone: string;
  /** Snapshot whose contents it begins with, which is not larger; empty without one. */
  readonly snapshot?: string | undefined;
}

/**
 * A volume that outlives machine and stack. @default encrypted gp3, snapshots by the tag of
 * `snapshotTag`
 */
export class DataVolume extends Construct {
  readonly volumeId: string;

  constructor(scope: Construct, id: string, props: DataVolumeProps) {
    super(scope, id);
    const volume = new Volume(this, 'Volume', {
      volumeName: props.name,
      availabilityZone: props.zone,
      size: CdkSize.gibibytes(props.size.gib),
      volumeType: EbsDeviceVolumeType.GP3,
      encrypted: true,
      ...(props.snapshot !== undefined && { snapshotId: props.snapshot }),
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    fixLogicalId(volume, dataVolumeId(props.snapshot));
    const tag = snapshotTag(props.name);
    Tags.of(volume).add(tag.key, tag.value);
    this.volumeId = volume.volumeId;
  }
}
