/** L0: what outlives machines. */
import type { Construct } from 'constructs';
import type { Environment } from '../lib/config/environment.ts';
import { stackNames } from '../lib/config/names.ts';
import { AiNodeRole } from '../lib/constructs/ai-node-role.ts';
import { ArtifactBucket } from '../lib/constructs/artifact-bucket.ts';
import { DataVolume } from '../lib/constructs/data-volume.ts';
import { StaticAddress } from '../lib/constructs/static-address.ts';
import { LayerStack } from './layer-stack.ts';

/**
 * The address, the releases and the data, all of which stay when the stack goes; and who the GPU machine is to AWS, which must be there before
 * that machine joins.
 */
export class AddressesStack extends LayerStack {
  readonly addressAllocationId: string;
  readonly artifactsArn: string;
  readonly dataVolumeId: string;

  constructor(scope: Construct, environment: Environment) {
    super(scope, stackNames(environment).addresses, environment, `${environment.prefix}: what outlives machines (address, releases, data)`);
    const { prefix, aws } = environment;
    const { address, allocationId } = new StaticAddress(this, 'StaticAddress', { name: prefix });
    const { bucket } = new ArtifactBucket(this, 'ArtifactBucket');
    const { volumeId } = new DataVolume(this, 'Data', { name: dataVolumeName(environment), size: aws.dataDisk, zone: aws.zone });
    const { roleName } = new AiNodeRole(this, 'AiNodeRole', { environment, artifactsArn: bucket.bucketArn });
    this.addressAllocationId = allocationId;
    this.artifactsArn = this.exportValue(bucket.bucketArn, { name: artifactsExport(environment) });
    this.dataVolumeId = volumeId;
    this.tell({
      Address: address,
      AddressAllocationId: allocationId,
      ArtifactBucket: bucket.bucketName,
      DataVolumeId: volumeId,
      AiNodeRole: roleName,
    });
  }
}

/** Name of the data volume, by which the snapshots of another layer find it. */
export function dataVolumeName({ prefix }: Pick<Environment, 'prefix'>): string {
  return `${prefix}-data`;
}

/** Name under which the host's layer gets the bucket's ARN; a generated one would put a hash into the acknowledged finding. */
export function artifactsExport({ prefix }: Pick<Environment, 'prefix'>): string {
  return `${prefix}-artifacts-arn`;
}
