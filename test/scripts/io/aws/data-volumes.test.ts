/**
 * The data volume of an environment is exchanged for one from a snapshot, against the local AWS:
 * the ways that look simple, which CloudFormation refuses, and the way that `up` goes.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateSnapshotCommand, DescribeVolumesCommand, EC2Client, type Volume } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import config from '../../../../dojang.config.ts';
import { dataVolumeId } from '../../../../lib/config/data-disks.ts';
import { type Environment, environmentOf } from '../../../../lib/config/environment.ts';
import { guard } from '../../../../lib/inventory/guard.ts';
import type { ResourceChange } from '../../../../lib/inventory/resource.ts';
import type { AwsCloud } from '../../../../lib/ports/aws.ts';
import type { GcpCloud } from '../../../../lib/ports/gcp.ts';
import { deployAws } from '../../../../scripts/commands/up/deploy-aws.ts';
import { awsCloud } from '../../../../scripts/io/aws/index.ts';
import { awsClientConfig, type Connection, connectionFrom } from '../../../../scripts/io/connection.ts';
import { remove } from '../../../../scripts/io/state.ts';
import { ensureLocalAws, stopLocalAws } from '../../../../scripts/local/aws/index.ts';
import type { Clouds } from '../../../../scripts/runtime/context.ts';
import { requireSnapshots } from '../../../../scripts/runtime/plan/snapshots.ts';

const folder = mkdtempSync(join(tmpdir(), 'dojang-exchange-test-'));
const environment = environmentOf(config, 'local');
const { addresses, network, host } = environment.names.stacks;
const stacks = [addresses, network, host];
const quiet = () => undefined;
let connection: Connection;
let ec2: EC2Client;

beforeAll(async () => {
  const { env } = await ensureLocalAws(folder, environment.aws, { mayStart: true, progress: quiet });
  process.env.TMPDIR = folder;
  connection = connectionFrom(env);
  ec2 = new EC2Client(awsClientConfig(connection, environment.aws.region));
  const cloud = awsCloud(environment, { connection });
  await cloud.bootstrap(quiet);
  await cloud.deploy(stacks, quiet);
});

afterAll(async () => {
  await stopLocalAws(folder);
  remove(folder);
});

const withAws = (aws: Partial<Environment['aws']>): Environment => ({ ...environment, aws: { ...environment.aws, ...aws } });
const cloudOf = (wanted: Environment): AwsCloud => awsCloud(wanted, { connection });
const current = async () => (await cloudOf(environment).outputs([addresses])).DataVolumeId ?? '';
const machine = async () => (await cloudOf(environment).outputs([host])).InstanceId ?? '';
const volumeOf = async (id: string) => (await ec2.send(new DescribeVolumesCommand({ VolumeIds: [id] }))).Volumes?.[0];
const tagOf = (volume: Volume | undefined, key: string) => volume?.Tags?.find(({ Key }) => Key === key)?.Value;
const snapshotOf = async (VolumeId: string) => (await ec2.send(new CreateSnapshotCommand({ VolumeId }))).SnapshotId ?? '';
const approvalsFor = (changes: readonly ResourceChange[]) =>
  changes.filter(({ effect, type }) => ['replace', 'delete'].includes(effect) && /::(Volume|Instance)$/.test(type)).map(({ id }) => id);

/** The guard and both steps of AWS, as `up` carries them out. */
async function up(wanted: Environment, approve: readonly string[], breaking: Partial<AwsCloud> = {}) {
  const aws = { ...cloudOf(wanted), ...breaking };
  const changes = await aws.changes(stacks);
  guard(changes, approve);
  await requireSnapshots(wanted, changes, { aws, gcp: {} as GcpCloud });
  const first = await deployAws(wanted, { aws } as Clouds, [addresses], changes, quiet);
  await deployAws(wanted, { aws } as Clouds, [network, host], changes, quiet);
  return first;
}

describe('the ways that look simple', () => {
  it('are refused by CloudFormation: the id of the volume is an export in use', async () => {
    const before = await current();
    const restored = cloudOf(withAws({ dataSnapshot: await snapshotOf(before) }));
    await expect(restored.deploy([addresses], quiet)).rejects.toMatchObject({
      code: 'deploy-failed',
      message: expect.stringMatching(/cannot be deleted as it is in use by dojang-local-host/),
    });
    expect(await current()).toBe(before);
    expect(await volumeOf(before)).toMatchObject({ State: 'in-use' });
  });

  it('are refused by the guard until volume and machine are approved', async () => {
    const wanted = withAws({ dataSnapshot: await snapshotOf(await current()) });
    expect(approvalsFor(await cloudOf(wanted).changes(stacks)).sort()).toEqual(['DataVolume', 'Host']);
    await expect(up(wanted, ['DataVolume'])).rejects.toMatchObject({ next: expect.stringMatching(/--approve DataVolume --approve Host$/) });
  });

  it('are refused before the machine is touched: a snapshot that is not there or larger, another zone in its place', async () => {
    const before = [await current(), await machine()];
    const approve = ['DataVolume', 'Host'];
    await expect(up(withAws({ dataSnapshot: 'snap-00000000000000000' }), approve)).rejects.toMatchObject({ code: 'no-snapshot' });
    const larger = withAws({ dataSnapshot: await snapshotOf(await current()), dataDisk: environment.aws.rootDisk });
    await expect(up(larger, approve)).rejects.toMatchObject({ code: 'snapshot-too-large' });
    await expect(up(withAws({ zone: 'ap-northeast-2c' }), approve)).rejects.toMatchObject({ code: 'volume-in-place' });
    expect([await current(), await machine()]).toEqual(before);
    expect(await volumeOf(before[0] ?? '')).toMatchObject({ State: 'in-use' });
  });
});

describe('an exchange', () => {
  const approve = ['DataVolume', 'Host'];
  let wanted: Environment;
  let former: string;

  it('goes on when the same is done again after it was cut off, wherever that was', async () => {
    former = await current();
    const before = await machine();
    wanted = withAws({ dataSnapshot: await snapshotOf(former) });
    const cutOff = () => Promise.reject(new Error('killed'));
    const cloud = cloudOf(wanted);
    await expect(up(wanted, approve, { deploy: cutOff })).rejects.toThrow('killed');
    expect(await cloud.status([host])).toMatchObject([{ status: 'NOT_DEPLOYED' }]);
    expect(await current()).toBe(former);
    const onlyAddresses = (names: readonly string[]) => (names.includes(host) ? cutOff() : cloud.deploy(names, quiet));
    await expect(up(wanted, approve, { deploy: onlyAddresses })).rejects.toThrow('killed');
    expect(await current()).not.toBe(former);
    await up(wanted, approve);
    expect(await machine()).not.toBe(before);
    expect(await cloud.changes(stacks)).toEqual([]);
  });

  it('has attached a volume of the snapshot, encrypted, which the daily snapshots take', async () => {
    const volume = await volumeOf(await current());
    expect(volume).toMatchObject({
      SnapshotId: wanted.aws.dataSnapshot,
      Encrypted: true,
      State: 'in-use',
      Attachments: [{ InstanceId: await machine(), Device: '/dev/sdf' }],
    });
    expect(tagOf(volume, 'snapshots')).toBe('dojang-local-data');
    expect(tagOf(volume, 'Name')).toBe('dojang-local-data');
  });

  it('leaves the volume of before in the account, without snapshots, and names it each time', async () => {
    const volume = await volumeOf(former);
    expect(volume).toMatchObject({ State: 'available', AvailabilityZone: environment.aws.zone });
    expect(tagOf(volume, 'snapshots')).toBeUndefined();
    expect(tagOf(volume, 'Name')).toBe('dojang-local-data-former');
    const named = { id: former, gib: environment.aws.dataDisk.gib, zone: environment.aws.zone };
    for (const _ of [1, 2]) expect((await up(wanted, [])).formerVolumes).toEqual([named]);
  });

  it('is not undone without an approval when the setting is taken away', async () => {
    const id = dataVolumeId(wanted.aws.dataSnapshot);
    await expect(up(environment, ['DataVolume'])).rejects.toMatchObject({
      message: expect.stringContaining(`would delete ${id}`),
      next: expect.stringContaining(`--approve ${id} --approve Host`),
    });
  });

  it('moves the volume to another zone with a snapshot of its own', async () => {
    const before = await current();
    const id = dataVolumeId(wanted.aws.dataSnapshot);
    const moved = withAws({ dataSnapshot: await snapshotOf(before), zone: 'ap-northeast-2c' });
    await up(moved, [id, 'Host']);
    const volume = await volumeOf(await current());
    expect(volume).toMatchObject({ AvailabilityZone: 'ap-northeast-2c', State: 'in-use', SnapshotId: moved.aws.dataSnapshot });
    expect(await volumeOf(before)).toMatchObject({ State: 'available' });
    expect(await cloudOf(moved).changes(stacks)).toEqual([]);
  });
});
