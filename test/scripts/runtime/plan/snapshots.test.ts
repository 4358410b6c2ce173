/**
 * Snapshots are asked for before anything is changed: whatever a cloud would refuse later is
 * refused then.
 */
import { describe, expect, it } from 'vitest';
import service from '../../../../dojang.config.ts';
import { environmentOf } from '../../../../lib/config/environment.ts';
import { describeEnvironment } from '../../../../lib/deployment/describe.ts';
import type { ResourceChange } from '../../../../lib/inventory/resource.ts';
import type { DiskSnapshot } from '../../../../lib/ports/snapshots.ts';
import { planLive } from '../../../../scripts/commands/plan/live.ts';
import { carryOut } from '../../../../scripts/commands/up/steps.ts';
import type { Clouds } from '../../../../scripts/runtime/context.ts';
import { MemoryClouds } from '../../memory-clouds.ts';

const guardStep = { id: 'guard', title: 'guard', after: [], action: { do: 'guard' } } as const;
const snapshots = { aws: 'snap-0123456789abcdef0', gcp: 'before-the-move' };
const prod = environmentOf(service, 'prod');
const environment = {
  ...prod,
  aws: { ...prod.aws, dataSnapshot: snapshots.aws },
  gcp: { ...prod.gcp, dataSnapshot: snapshots.gcp },
};

const change = (
  cloud: 'aws' | 'gcp',
  id: string,
  type: string,
  effect: ResourceChange['effect'],
  ...changed: string[]
): ResourceChange => ({
  cloud,
  stack: 's',
  id,
  type,
  effect,
  changed,
});
const volume = change('aws', 'DataVolumeSnap0123456789abcdef0', 'AWS::EC2::Volume', 'create');
const disk = change('gcp', 'ai-data', 'gcp:compute/disk:Disk', 'replace', 'name', 'snapshot');
const fitting: DiskSnapshot = { gib: 50, isReady: true, state: 'completed' };

function clouds(changes: readonly ResourceChange[], found: Readonly<Record<string, DiskSnapshot>>) {
  const memory = new MemoryClouds(environment);
  memory.snapshots = found;
  const both = memory.clouds();
  const open = {
    ...both,
    aws: { ...both.aws, changes: async () => changes.filter(({ cloud }) => cloud === 'aws') },
    gcp: { ...both.gcp, changes: async () => changes.filter(({ cloud }) => cloud === 'gcp') },
  } as unknown as Clouds;
  return { open, context: memory.context({ approve: ['ai-data', 'DataVolume', 'Host'] }) };
}

async function guarding(changes: readonly ResourceChange[], found: Readonly<Record<string, DiskSnapshot>> = {}): Promise<void> {
  const { open, context } = clouds(changes, found);
  await carryOut(guardStep, context, open, { description: describeEnvironment(environment), chosen: [] });
}

describe.each([
  { cloud: 'aws', name: snapshots.aws, wanted: volume, size: '50 GiB', larger: 51 },
  { cloud: 'gcp', name: snapshots.gcp, wanted: disk, size: '100 GiB', larger: 101 },
])('a disk of $cloud from a snapshot', ({ cloud, name, wanted, size, larger }) => {
  it('is made when the snapshot is complete and not larger', async () => {
    await expect(guarding([wanted], { [name]: fitting })).resolves.toBeUndefined();
  });

  it('is refused when there is no such snapshot', async () => {
    await expect(guarding([wanted])).rejects.toMatchObject({
      code: 'no-snapshot',
      message: `there is no snapshot ${name}`,
      next: expect.stringContaining(`environments.prod.${cloud}.dataSnapshot`),
    });
  });

  it('is refused while the snapshot is being taken', async () => {
    await expect(guarding([wanted], { [name]: { ...fitting, isReady: false, state: 'pending' } })).rejects.toMatchObject({
      code: 'snapshot-not-ready',
      message: `the snapshot ${name} is pending`,
    });
  });

  it('is refused when the snapshot is larger than the disk', async () => {
    await expect(guarding([wanted], { [name]: { ...fitting, gib: larger } })).rejects.toMatchObject({
      code: 'snapshot-too-large',
      message: `the snapshot ${name} is of ${larger} GiB, and environments.prod.${cloud}.dataDisk is ${size}`,
      next: `set environments.prod.${cloud}.dataDisk to ${larger} GiB or more`,
    });
  });

  it('asks for nothing once the disk is there, although the snapshot was deleted since', async () => {
    await expect(guarding([{ ...wanted, effect: 'update', changed: ['Size'] }])).resolves.toBeUndefined();
  });

  it('is refused by plan --live too', async () => {
    const { open, context } = clouds([wanted], {});
    await expect(planLive(context, open)).rejects.toMatchObject({ code: 'no-snapshot' });
  });
});

describe('a change of the volume in its place', () => {
  it.each(['AvailabilityZone', 'Size (smaller)', 'Encrypted'])('is refused although it is approved: %s', async (property) => {
    const inPlace = change('aws', 'DataVolume', 'AWS::EC2::Volume', 'replace', property);
    await expect(guarding([inPlace])).rejects.toMatchObject({
      code: 'volume-in-place',
      message: `CloudFormation does not replace DataVolume, of which ${property} changed`,
      next: expect.stringContaining('environments.prod.aws.dataSnapshot'),
    });
  });
});
