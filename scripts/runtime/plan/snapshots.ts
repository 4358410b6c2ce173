/**
 * Whether data disks can be made as they are asked for. Asked before anything is changed: by the
 * time that a cloud refuses one, the machine is gone.
 */
import { dataVolumeId } from '../../../lib/config/data-disks.ts';
import type { Environment } from '../../../lib/config/environment.ts';
import { DojangError } from '../../../lib/errors/dojang-error.ts';
import type { ResourceChange } from '../../../lib/inventory/resource.ts';
import type { DiskSnapshot } from '../../../lib/ports/snapshots.ts';
import type { Size } from '../../../lib/values/size.ts';
import type { Clouds } from '../context.ts';

/**
 * @throws DojangError `volume-in-place` for a change that CloudFormation does not carry out;
 *   `no-snapshot`, `snapshot-not-ready` or `snapshot-too-large`.
 */
export async function requireSnapshots(
  environment: Environment,
  changes: readonly ResourceChange[],
  { aws, gcp }: Pick<Clouds, 'aws' | 'gcp'>,
): Promise<void> {
  const inPlace = changes.find(({ type, effect }) => type === 'AWS::EC2::Volume' && effect === 'replace');
  if (inPlace) throw volumeInPlace(environment, inPlace);
  const { name } = environment;
  const { dataSnapshot: volume, dataDisk: volumeSize } = environment.aws;
  if (volume !== undefined && makes(changes, 'AWS::EC2::Volume', dataVolumeId(volume))) {
    requireFitting(`environments.${name}.aws`, volume, volumeSize, await aws.snapshot(volume));
  }
  const { dataSnapshot: disk, dataDisk: diskSize } = environment.gcp;
  if (disk !== undefined && makes(changes, 'gcp:compute/disk:Disk')) {
    requireFitting(`environments.${name}.gcp`, disk, diskSize, await gcp.snapshot(disk));
  }
}

function makes(changes: readonly ResourceChange[], kind: string, named?: string): boolean {
  return changes.some(
    ({ type, id, effect }) => type === kind && (named === undefined || id === named) && ['create', 'replace'].includes(effect),
  );
}

function requireFitting(path: string, name: string, size: Size, snapshot: DiskSnapshot | undefined): void {
  const nothing = 'Nothing was changed.';
  if (!snapshot) {
    throw new DojangError('no-snapshot', `there is no snapshot ${name}`, {
      why: `It was deleted, or is in another account, project or region. ${nothing}`,
      next: `set ${path}.dataSnapshot to one that is there; docs/guard.md has the commands that list them`,
    });
  }
  if (!snapshot.isReady) {
    throw new DojangError('snapshot-not-ready', `the snapshot ${name} is ${snapshot.state}`, {
      why: `A disk can be made from one that is complete, and not archived. ${nothing}`,
      next: 'run it again when it is, or choose another one; docs/guard.md has the commands that list them',
    });
  }
  if (snapshot.gib <= size.gib) return;
  throw new DojangError('snapshot-too-large', `the snapshot ${name} is of ${snapshot.gib} GiB, and ${path}.dataDisk is ${size}`, {
    why: `A disk is not smaller than the snapshot that it is made from. ${nothing}`,
    next: `set ${path}.dataDisk to ${snapshot.gib} GiB or more`,
  });
}

/**
 * The CloudFormation reference says "Updates are not supported" of these properties, and the
 * service refuses them in the middle of the deployment.
 */
function volumeInPlace({ name }: Environment, { id, changed }: ResourceChange): DojangError {
  return new DojangError('volume-in-place', `CloudFormation does not replace ${id}, of which ${changed.join(', ')} changed`, {
    why: 'It answers "Update to resource type AWS::EC2::Volume is not supported". Nothing was changed.',
    next: `take a snapshot and set environments.${name}.aws.dataSnapshot to it, with the change: docs/guard.md has the commands`,
  });
}
