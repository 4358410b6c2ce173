/** Volumes, machines and stacks of the local AWS refuse what EC2 and CloudFormation refuse. */
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import {
  AttachVolumeCommand,
  CreateVolumeCommand,
  DescribeInstancesCommand,
  DescribeVolumesCommand,
  DetachVolumeCommand,
  EC2Client,
  StartInstancesCommand,
  StopInstancesCommand,
} from '@aws-sdk/client-ec2';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { awsClientConfig, connectionFrom } from '../../../../scripts/io/connection.ts';
import { remove } from '../../../../scripts/io/state.ts';
import { ensureLocalAws, stopLocalAws } from '../../../../scripts/local/aws/index.ts';
import { MountedHost } from '../mounted-host.ts';

const folder = mkdtempSync(join(tmpdir(), 'dojang-volumes-test-'));
const hosts = join(folder, 'hosts');
const zone = 'ap-northeast-2a';
const device = '/dev/sdf';
const hosted: MountedHost[] = [];
let ec2: EC2Client;
let cloudformation: CloudFormationClient;

beforeAll(async () => {
  const local = await ensureLocalAws(
    join(folder, 'aws'),
    { account: '123456789012', region: 'ap-northeast-2' },
    { mayStart: true, progress: () => undefined },
  );
  const config = awsClientConfig(connectionFrom(local.env), 'ap-northeast-2');
  ec2 = new EC2Client(config);
  cloudformation = new CloudFormationClient(config);
});

afterEach(async () => {
  for (const host of hosted.splice(0)) await host.remove();
});

afterAll(async () => {
  await stopLocalAws(join(folder, 'aws'));
  remove(folder);
});

const data = (logicalId: string, properties = {}) => ({
  [logicalId]: { Type: 'AWS::EC2::Volume', Properties: { AvailabilityZone: zone, Size: 1, ...properties } },
});
const machine = (ImageId: string) => ({ Type: 'AWS::EC2::Instance', Properties: { ImageId, InstanceType: 'm7g.large' } });
const attachment = (VolumeId: unknown) => ({
  Type: 'AWS::EC2::VolumeAttachment',
  Properties: { Device: device, InstanceId: { Ref: 'Host' }, VolumeId },
});
const lasting = (logicalId = 'Data') => ({
  Resources: data(logicalId),
  Outputs: { Id: { Value: { Ref: logicalId }, Export: { Name: 'data-id' } } },
});
const host = (image: string) => ({
  Resources: { Host: machine(image), Attachment: attachment({ 'Fn::ImportValue': 'data-id' }) },
  Outputs: { InstanceId: { Value: { Ref: 'Host' } }, Zone: { Value: { 'Fn::GetAtt': ['Host', 'AvailabilityZone'] } } },
});

const body = (StackName: string, template: object) => ({ StackName, TemplateBody: JSON.stringify(template) });

async function stackOf(StackName: string) {
  return (await cloudformation.send(new DescribeStacksCommand({ StackName })).catch(() => undefined))?.Stacks?.[0];
}

/** Creates or updates a stack, and answers its status in the end. */
async function bring(name: string, template: object): Promise<string | undefined> {
  if (await stackOf(name)) await cloudformation.send(new UpdateStackCommand(body(name, template)));
  else await cloudformation.send(new CreateStackCommand(body(name, template)));
  return settled(name);
}

/** Undefined when the stack is gone. */
async function settled(name: string): Promise<string | undefined> {
  await expect.poll(async () => (await stackOf(name))?.StackStatus, { timeout: 60_000 }).not.toMatch(/_IN_PROGRESS$/);
  return (await stackOf(name))?.StackStatus;
}

async function deleted(StackName: string): Promise<string | undefined> {
  await cloudformation.send(new DeleteStackCommand({ StackName }));
  await expect.poll(async () => (await stackOf(StackName))?.StackStatus ?? 'gone', { timeout: 60_000 }).not.toBe('DELETE_IN_PROGRESS');
  return (await stackOf(StackName))?.StackStatus;
}

async function reasons(StackName: string): Promise<string> {
  const { StackEvents = [] } = await cloudformation.send(new DescribeStackEventsCommand({ StackName }));
  return StackEvents.map(
    ({ LogicalResourceId, ResourceStatus, ResourceStatusReason = '' }) => `${LogicalResourceId} ${ResourceStatus} ${ResourceStatusReason}`,
  ).join('\n');
}

async function instances() {
  const { Reservations = [] } = await ec2.send(new DescribeInstancesCommand({}));
  return Reservations.flatMap(({ Instances = [] }) => Instances);
}

const stateOf = async (id: string) => (await instances()).find(({ InstanceId }) => InstanceId === id)?.State?.Name;

async function volumeOf(id: string) {
  return (await ec2.send(new DescribeVolumesCommand({ VolumeIds: [id] }))).Volumes?.[0];
}

/** The two stacks, and the machine booted with the volume mounted. */
async function mounted() {
  expect(await bring('lasting', lasting())).toMatch(/COMPLETE$/);
  expect(await bring('host', host('ami-1'))).toMatch(/COMPLETE$/);
  const volumeId = (await stackOf('lasting'))?.Outputs?.[0]?.OutputValue ?? '';
  const instanceId = (await stackOf('host'))?.Outputs?.[0]?.OutputValue ?? '';
  const booted = await MountedHost.boot(hosts, { host: 'aws', instanceId, disk: volumeId });
  hosted.push(booted);
  return { booted, volumeId, instanceId };
}

const log = () => readFileSync(join(folder, 'aws/daemon.log'), 'utf8');

describe('a mounted volume', () => {
  it('stays busy while it is detached, until it is unmounted', async () => {
    const { booted, volumeId, instanceId } = await mounted();
    await ec2.send(new DetachVolumeCommand({ VolumeId: volumeId }));
    expect(await volumeOf(volumeId)).toMatchObject({ State: 'in-use', Attachments: [{ State: 'busy', InstanceId: instanceId }] });
    booted.unmount();
    await expect.poll(async () => (await volumeOf(volumeId))?.State, { timeout: 10_000 }).toBe('available');
    expect(log()).toMatch(new RegExp(`^\\S+Z ${volumeId}: busy: ${instanceId} has it mounted\\n(.*\\n)*\\S+Z ${volumeId}: detached`, 'm'));
    await deleted('host');
  });

  it('keeps its stack from being deleted until the machine has stopped', async () => {
    const { booted, volumeId, instanceId } = await mounted();
    expect(await deleted('host')).toBe('DELETE_FAILED');
    expect(await reasons('host')).toMatch(
      /Attachment DELETE_FAILED Resource handler returned message: "Exceeded attempts to wait" .*NotStabilized/,
    );
    expect(await stateOf(instanceId)).toBe('running');
    await ec2.send(new StopInstancesCommand({ InstanceIds: [instanceId] }));
    expect(await stateOf(instanceId)).toBe('stopping');
    await booted.powerOff();
    await expect.poll(() => stateOf(instanceId)).toBe('stopped');
    expect(await deleted('host')).toBeUndefined();
    expect(await volumeOf(volumeId)).toMatchObject({ State: 'available' });
    const [stopped, detached, terminated] = [
      `${instanceId}: stopped`,
      `${volumeId}: detached from ${instanceId}`,
      `${instanceId}: terminated`,
    ];
    const lines = log();
    expect(lines.indexOf(stopped)).toBeLessThan(lines.lastIndexOf(detached));
    expect(lines.lastIndexOf(detached)).toBeLessThan(lines.indexOf(terminated));
  });
});

describe('a stopped machine', () => {
  it('starts again, and not before it has stopped', async () => {
    const { booted, instanceId } = await mounted();
    await ec2.send(new StopInstancesCommand({ InstanceIds: [instanceId] }));
    const start = () => ec2.send(new StartInstancesCommand({ InstanceIds: [instanceId] }));
    await expect(start()).rejects.toMatchObject({ name: 'IncorrectInstanceState' });
    await booted.powerOff();
    await expect.poll(() => stateOf(instanceId)).toBe('stopped');
    await start();
    expect(await stateOf(instanceId)).toBe('running');
  });
});

describe('a machine', () => {
  it('gives its attributes to the template', async () => {
    await bring('lasting', lasting());
    await bring('host', host('ami-1'));
    expect((await stackOf('host'))?.Outputs?.[1]?.OutputValue).toMatch(/^ap-northeast-2[a-z]$/);
  });
});

describe('an attachment', () => {
  it('is refused where the device, the volume or the zone does not allow it', async () => {
    await bring('lasting', lasting());
    await bring('host', host('ami-1'));
    const instanceId = (await stackOf('host'))?.Outputs?.[0]?.OutputValue ?? '';
    const VolumeId = (await stackOf('lasting'))?.Outputs?.[0]?.OutputValue ?? '';
    const other = async (AvailabilityZone: string) => (await ec2.send(new CreateVolumeCommand({ AvailabilityZone, Size: 1 }))).VolumeId;
    const attach = (id: string | undefined, Device = device) =>
      ec2.send(new AttachVolumeCommand({ VolumeId: id, InstanceId: instanceId, Device }));
    await expect(attach(await other(zone))).rejects.toMatchObject({
      name: 'InvalidParameterValue',
      message: `Invalid value '${device}' for unixDevice. Attachment point ${device} is already in use`,
    });
    await expect(attach(VolumeId, '/dev/sdg')).rejects.toMatchObject({
      name: 'VolumeInUse',
      message: `${VolumeId} is already attached to an instance`,
    });
    await expect(attach(await other('ap-northeast-2c'), '/dev/sdg')).rejects.toMatchObject({ name: 'InvalidVolume.ZoneMismatch' });
  });
});

describe('an update', () => {
  it('makes a replacement before it removes what was there, and takes it back when the volume is not free', async () => {
    await bring('lasting', lasting());
    await bring('host', host('ami-1'));
    const before = (await stackOf('host'))?.Outputs?.[0]?.OutputValue ?? '';
    expect(await bring('host', host('ami-2'))).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await reasons('host')).toMatch(/Attachment UPDATE_FAILED .*is already attached to an instance/);
    expect((await stackOf('host'))?.Outputs?.[0]?.OutputValue).toBe(before);
    expect(await stateOf(before)).toBe('running');
    const images = (await instances()).filter(({ State }) => State?.Name === 'running').map(({ ImageId }) => ImageId);
    expect(images).toEqual(['ami-1']);
  });

  it('does not change a volume’s zone', async () => {
    await bring('zone', { Resources: data('Zoned') });
    expect(await bring('zone', { Resources: data('Zoned', { AvailabilityZone: 'ap-northeast-2c' }) })).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await reasons('zone')).toContain('Update to resource type AWS::EC2::Volume is not supported.');
  });
});

describe('an export that another stack imports', () => {
  it('can’t be changed, removed or lose its stack', async () => {
    await bring('lasting', lasting());
    await bring('host', host('ami-1'));
    expect(await bring('lasting', lasting('Other'))).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await reasons('lasting')).toContain('Export data-id cannot be updated as it is in use by host');
    expect(await bring('lasting', { Resources: data('Data') })).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await reasons('lasting')).toContain('Export data-id cannot be deleted as it is in use by host');
    const volume = (await stackOf('lasting'))?.Outputs?.[0]?.OutputValue ?? '';
    expect(await volumeOf(volume)).toMatchObject({ State: 'in-use' });
    expect(await deleted('lasting')).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await reasons('lasting')).toContain('Delete canceled. Cannot delete export data-id as it is in use by host');
    expect(await deleted('host')).toBeUndefined();
    expect(await deleted('lasting')).toBeUndefined();
  });
});
