/**
 * A machine whose data volume is mounted: its stack goes after it has stopped, and one that was
 * left off is started.
 */
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  UpdateTerminationProtectionCommand,
} from '@aws-sdk/client-cloudformation';
import {
  DescribeInstanceAttributeCommand,
  DescribeInstancesCommand,
  DescribeVolumesCommand,
  EC2Client,
  ModifyInstanceAttributeCommand,
  StopInstancesCommand,
} from '@aws-sdk/client-ec2';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import config from '../../../../../dojang.config.ts';
import { environmentOf } from '../../../../../lib/config/environment.ts';
import type { AwsCloud } from '../../../../../lib/ports/aws.ts';
import { awsCloud } from '../../../../../scripts/io/aws/index.ts';
import { awsClientConfig, type Connection, connectionFrom } from '../../../../../scripts/io/connection.ts';
import { remove } from '../../../../../scripts/io/state.ts';
import { ensureLocalAws, stopLocalAws } from '../../../../../scripts/local/aws/index.ts';
import { MountedHost } from '../../../local/mounted-host.ts';
import { toyApp, toyStacks } from '../toy-app.ts';

const folder = mkdtempSync(join(tmpdir(), 'dojang-machines-test-'));
const environment = environmentOf(config, 'local');
const said: string[] = [];
const progress = (note: string) => void said.push(note);
let connection: Connection;
let cloud: AwsCloud;
let host: MountedHost | undefined;
let ids: { readonly instance: string; readonly volume: string };

const clientConfig = () => awsClientConfig(connection, environment.aws.region);
const stateOf = async (id: string) => {
  const { Reservations = [] } = await new EC2Client(clientConfig()).send(new DescribeInstancesCommand({ InstanceIds: [id] }));
  return Reservations[0]?.Instances?.[0]?.State?.Name;
};
const isProtected = async (InstanceId: string) => {
  const asked = new DescribeInstanceAttributeCommand({ InstanceId, Attribute: 'disableApiTermination' });
  return (await new EC2Client(clientConfig()).send(asked)).DisableApiTermination?.Value;
};
const statusOf = async (name: string) => (await cloud.status([name]))[0]?.status;
const log = () => readFileSync(join(folder, 'aws/daemon.log'), 'utf8');

beforeAll(async () => {
  const { env } = await ensureLocalAws(join(folder, 'aws'), environment.aws, { mayStart: true, progress });
  process.env.TMPDIR = folder;
  connection = connectionFrom(env);
  cloud = awsCloud(environment, { connection, synth: toyApp(environment, { size: 1, zone: environment.aws.zone }) });
  await cloud.bootstrap(progress);
  await cloud.deploy(toyStacks, progress);
  const { InstanceId = '', DataId = '' } = await cloud.outputs(toyStacks);
  ids = { instance: InstanceId, volume: DataId };
  host = await MountedHost.boot(join(folder, 'hosts'), { host: 'aws', instanceId: InstanceId, disk: DataId });
});

afterEach(() => host?.remove());

afterAll(async () => {
  await stopLocalAws(join(folder, 'aws'));
  remove(folder);
});

it('a deployment starts a machine that was stopped', async () => {
  await host?.powerOff();
  await new EC2Client(clientConfig()).send(new StopInstancesCommand({ InstanceIds: [ids.instance] }));
  await expect.poll(() => stateOf(ids.instance)).toBe('stopped');
  await cloud.deploy(toyStacks, progress);
  expect(await stateOf(ids.instance)).toBe('running');
  expect(said).toContain(`starting ${ids.instance}, which was stopped`);
});

it('a removal that is refused leaves a machine unprotected and stopped, and the next deployment protects and starts it', async () => {
  expect(await isProtected(ids.instance)).toBe(true);
  const cloudformation = new CloudFormationClient(clientConfig());
  const machine = { 'Fn::ImportValue': 'toy-machine-id' };
  const importer = {
    Resources: { Note: { Type: 'AWS::SSM::Parameter', Properties: { Name: 'machine', Type: 'String', Value: machine } } },
  };
  await cloudformation.send(new CreateStackCommand({ StackName: 'importer', TemplateBody: JSON.stringify(importer) }));
  await expect.poll(() => statusOf('importer')).toBe('CREATE_COMPLETE');
  await expect(cloud.destroy(['toy-machine'], progress)).rejects.toMatchObject({ code: 'destroy-failed' });
  expect([await isProtected(ids.instance), await stateOf(ids.instance)]).toEqual([false, 'stopped']);
  await cloud.deploy(toyStacks, progress);
  expect([await isProtected(ids.instance), await stateOf(ids.instance)]).toEqual([true, 'running']);
  expect(said).toContain(`protecting ${ids.instance} from termination again`);
  await cloudformation.send(new DeleteStackCommand({ StackName: 'importer' }));
  await expect.poll(() => statusOf('importer')).toBe('NOT_DEPLOYED');
});

it('a removal that has failed is finished by the next deployment, which stops the machine first', async () => {
  host = await MountedHost.boot(join(folder, 'hosts'), { host: 'aws', instanceId: ids.instance, disk: ids.volume });
  const [ec2, cloudformation, StackName] = [new EC2Client(clientConfig()), new CloudFormationClient(clientConfig()), 'toy-machine'];
  await ec2.send(new ModifyInstanceAttributeCommand({ InstanceId: ids.instance, DisableApiTermination: { Value: false } }));
  await cloudformation.send(new UpdateTerminationProtectionCommand({ StackName, EnableTerminationProtection: false }));
  // By hand, with the volume mounted.
  await cloudformation.send(new DeleteStackCommand({ StackName }));
  await expect.poll(() => statusOf(StackName), { timeout: 60_000 }).toBe('DELETE_FAILED');
  const before = ids.instance;
  const off = expect.poll(() => stateOf(before), { timeout: 30_000 }).toBe('stopping');
  const deployed = cloud.deploy(toyStacks, progress);
  await Promise.race([off.then(() => host?.powerOff()), deployed]);
  await deployed;
  expect(await statusOf(StackName)).toBe('CREATE_COMPLETE');
  const lines = log();
  expect(lines.lastIndexOf(`${before}: stopped`)).toBeLessThan(lines.indexOf(`${before}: terminated`));
  const { InstanceId = '' } = await cloud.outputs(toyStacks);
  expect([InstanceId === before, await isProtected(InstanceId), await stateOf(InstanceId)]).toEqual([false, true, 'running']);
  ids = { ...ids, instance: InstanceId };
});

it('a stack is removed after its machine has stopped, so that the volume is unmounted before it is detached', async () => {
  host = await MountedHost.boot(join(folder, 'hosts'), { host: 'aws', instanceId: ids.instance, disk: ids.volume });
  const start = log().length;
  // The booted host follows its cloud.
  const off = expect.poll(() => stateOf(ids.instance), { timeout: 30_000 }).toBe('stopping');
  const removed = cloud.destroy(['toy-machine'], progress);
  await off.then(() => host?.powerOff());
  await removed;
  const lines = log();
  expect(lines.slice(start)).not.toContain(': busy: ');
  expect(lines.lastIndexOf(`${ids.instance}: stopped`)).toBeLessThan(lines.indexOf(`${ids.volume}: detached from ${ids.instance}`));
  const { Volumes } = await new EC2Client(clientConfig()).send(new DescribeVolumesCommand({ VolumeIds: [ids.volume] }));
  expect(Volumes).toMatchObject([{ State: 'available' }]);
  expect(said).toContain(`toy-machine: ${ids.instance} has stopped, its volume is unmounted`);
});
