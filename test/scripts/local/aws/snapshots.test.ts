/** Snapshots of the local AWS: what they hold, and what EC2 and CloudFormation refuse of them. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import {
  CreateSnapshotCommand,
  CreateVolumeCommand,
  DeleteSnapshotCommand,
  DeleteVolumeCommand,
  DescribeSnapshotsCommand,
  DescribeVolumesCommand,
  EC2Client,
  ModifyVolumeCommand,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import config from '../../../../dojang.config.ts';
import { environmentOf } from '../../../../lib/config/environment.ts';
import { awsClientConfig, connectionFrom } from '../../../../scripts/io/connection.ts';
import { remove } from '../../../../scripts/io/state.ts';
import { ensureLocalAws, stopLocalAws } from '../../../../scripts/local/aws/index.ts';
import { diskFile } from '../../../../scripts/local/hosts/files.ts';
import { restoredFile } from '../../../../scripts/local/hosts/machine/disk.ts';
import { embeddedAws } from '../../../../scripts/local/hosts/views/aws-view.ts';

const folder = mkdtempSync(join(tmpdir(), 'dojang-snapshots-test-'));
const hosts = join(folder, 'hosts');
const [zone, otherZone] = ['ap-northeast-2a', 'ap-northeast-2c'];
const unknown = 'snap-00000000000000000';
let ec2: EC2Client;
let cloudformation: CloudFormationClient;

beforeAll(async () => {
  const site = { account: '123456789012', region: 'ap-northeast-2' };
  const local = await ensureLocalAws(join(folder, 'aws'), site, { mayStart: true, progress: () => undefined });
  const config = awsClientConfig(connectionFrom(local.env), 'ap-northeast-2');
  ec2 = new EC2Client(config);
  cloudformation = new CloudFormationClient(config);
});

afterAll(async () => {
  await stopLocalAws(join(folder, 'aws'));
  remove(folder);
});

const fileOf = (volume: string) => diskFile(hosts, 'aws', volume);

/** A volume whose disk holds this. */
async function volume(text: string, Encrypted = true): Promise<string> {
  const { VolumeId = '' } = await ec2.send(new CreateVolumeCommand({ AvailabilityZone: zone, Size: 2, VolumeType: 'gp3', Encrypted }));
  write(VolumeId, text);
  return VolumeId;
}

function write(id: string, text: string): void {
  mkdirSync(dirname(fileOf(id)), { recursive: true });
  writeFileSync(fileOf(id), text);
}

const snapshot = async (VolumeId: string) => (await ec2.send(new CreateSnapshotCommand({ VolumeId }))).SnapshotId ?? '';
const restore = (SnapshotId: string, wanted: { readonly Size?: number; readonly AvailabilityZone?: string } = {}) =>
  ec2.send(new CreateVolumeCommand({ AvailabilityZone: zone, VolumeType: 'gp3', SnapshotId, ...wanted }));
const contents = (id: string | undefined) => readFileSync(restoredFile(fileOf(id ?? '')), 'utf8');

describe('a snapshot', () => {
  it('holds what the disk held when it was taken, also once the volume is gone', async () => {
    const id = await volume('of then');
    const taken = await snapshot(id);
    write(id, 'written since');
    await ec2.send(new DeleteVolumeCommand({ VolumeId: id }));
    const { VolumeId } = await restore(taken);
    expect(contents(VolumeId)).toBe('of then');
  });

  it('makes as many volumes as are wanted, each with contents of its own, in any zone, and a snapshot of them', async () => {
    const taken = await snapshot(await volume('shared'));
    const [one, other] = [await restore(taken), await restore(taken, { AvailabilityZone: otherZone, Size: 3 })];
    expect([one, other]).toMatchObject([
      { Size: 2, AvailabilityZone: zone, SnapshotId: taken, Encrypted: true },
      { Size: 3, AvailabilityZone: otherZone, SnapshotId: taken, Encrypted: true },
    ]);
    writeFileSync(restoredFile(fileOf(one.VolumeId ?? '')), 'its own');
    expect(contents(other.VolumeId)).toBe('shared');
    const again = await restore(await snapshot(one.VolumeId ?? ''));
    expect(contents(again.VolumeId)).toBe('its own');
    await ec2.send(new DeleteVolumeCommand({ VolumeId: again.VolumeId }));
    expect(existsSync(restoredFile(fileOf(again.VolumeId ?? '')))).toBe(false);
  });

  it('is as large as the volume was, is encrypted like it, and can be deleted', async () => {
    const id = await volume('');
    const taken = await snapshot(id);
    await ec2.send(new ModifyVolumeCommand({ VolumeId: id, Size: 5 }));
    const described = async () =>
      (await ec2.send(new DescribeSnapshotsCommand({ Filters: [{ Name: 'snapshot-id', Values: [taken] }] }))).Snapshots;
    expect(await described()).toMatchObject([{ SnapshotId: taken, VolumeId: id, VolumeSize: 2, Encrypted: true, State: 'completed' }]);
    await ec2.send(new DeleteSnapshotCommand({ SnapshotId: taken }));
    expect(await described()).toEqual([]);
    await expect(restore(taken)).rejects.toMatchObject({ name: 'InvalidSnapshot.NotFound' });
  });

  it('makes no volume that is smaller, and none that it does not exist for', async () => {
    const taken = await snapshot(await volume(''));
    await expect(restore(taken, { Size: 1 })).rejects.toMatchObject({
      name: 'InvalidParameterValue',
      message: `Volume of size 1GB is smaller than snapshot '${taken}', expect size >= 2GB`,
    });
    await expect(restore(unknown)).rejects.toMatchObject({
      name: 'InvalidSnapshot.NotFound',
      message: `The snapshot '${unknown}' does not exist.`,
    });
  });

  it('of a disk that was never written, as where there are no hosts, makes volumes all the same', async () => {
    const { VolumeId = '' } = await ec2.send(new CreateVolumeCommand({ AvailabilityZone: zone, Size: 1 }));
    const made = await restore(await snapshot(VolumeId));
    expect(made).toMatchObject({ Size: 1 });
    expect(existsSync(restoredFile(fileOf(made.VolumeId ?? '')))).toBe(false);
  });
});

it('disks of every volume stay with the hosts, also of one that is no longer the data volume', async () => {
  const { names } = environmentOf(config, 'local');
  const look = () => embeddedAws({ folder: join(folder, 'aws'), region: 'ap-northeast-2', names }).look();
  const id = await volume('kept');
  expect((await look())?.disks).toContain(id);
  await ec2.send(new DeleteVolumeCommand({ VolumeId: id }));
  expect((await look())?.disks).not.toContain(id);
});

describe('a volume of a template', () => {
  const template = (SnapshotId: string | undefined, Size = 2) => ({
    Resources: { Data: { Type: 'AWS::EC2::Volume', Properties: { AvailabilityZone: zone, Size, ...(SnapshotId && { SnapshotId }) } } },
  });

  /** The status of the stack in the end. */
  async function bring(StackName: string, wanted: object): Promise<string | undefined> {
    const body = { StackName, TemplateBody: JSON.stringify(wanted) };
    const stack = async () => (await cloudformation.send(new DescribeStacksCommand({ StackName })).catch(() => undefined))?.Stacks?.[0];
    if (await stack()) await cloudformation.send(new UpdateStackCommand(body));
    else await cloudformation.send(new CreateStackCommand(body));
    await expect.poll(async () => (await stack())?.StackStatus).not.toMatch(/_IN_PROGRESS$/);
    return (await stack())?.StackStatus;
  }

  async function reasons(StackName: string): Promise<string> {
    const { StackEvents = [] } = await cloudformation.send(new DescribeStackEventsCommand({ StackName }));
    return StackEvents.map(({ ResourceStatusReason = '' }) => ResourceStatusReason).join('\n');
  }

  it('begins with its snapshot', async () => {
    const taken = await snapshot(await volume('for a template'));
    expect(await bring('restored', template(taken))).toBe('CREATE_COMPLETE');
    const { Volumes = [] } = await ec2.send(new DescribeVolumesCommand({ Filters: [{ Name: 'snapshot-id', Values: [taken] }] }));
    expect(Volumes).toHaveLength(1);
    expect(contents(Volumes[0]?.VolumeId)).toBe('for a template');
  });

  it('gets no snapshot, no other one and none less by an update', async () => {
    const [one, other] = [await snapshot(await volume('')), await snapshot(await volume(''))];
    for (const [name, before, after] of [
      ['named', undefined, one],
      ['exchanged', one, other],
      ['taken-away', one, undefined],
    ] as const) {
      expect(await bring(name, template(before))).toBe('CREATE_COMPLETE');
      expect(await bring(name, template(after))).toBe('UPDATE_ROLLBACK_COMPLETE');
      expect(await reasons(name)).toContain('Update to resource type AWS::EC2::Volume is not supported.');
    }
  });

  it('is not made from a snapshot that is not there, or that is larger', async () => {
    const taken = await snapshot(await volume(''));
    expect(await bring('missing', template(unknown))).toMatch(/^(ROLLBACK|DELETE)_COMPLETE$/);
    expect(await reasons('missing')).toContain(`The snapshot '${unknown}' does not exist.`);
    expect(await bring('smaller', template(taken, 1))).toMatch(/^(ROLLBACK|DELETE)_COMPLETE$/);
    expect(await reasons('smaller')).toContain(`is smaller than snapshot '${taken}'`);
  });
});
