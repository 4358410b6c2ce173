/**
 * The production code against the local AWS: the same calls as on AWS, only the endpoint differs.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormationClient, CreateChangeSetCommand } from '@aws-sdk/client-cloudformation';
import {
  AuthorizeSecurityGroupIngressCommand,
  DescribeAddressesCommand,
  DescribeInstancesCommand,
  DescribeSecurityGroupsCommand,
  DescribeVolumesCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import config from '../../../../dojang.config.ts';
import { type Environment, environmentOf } from '../../../../lib/config/environment.ts';
import type { AwsCloud } from '../../../../lib/ports/aws.ts';
import type { Rule } from '../../../../lib/wiring/rule.ts';
import { awsCloud } from '../../../../scripts/io/aws/index.ts';
import { awsClientConfig, type Connection, connectionFrom } from '../../../../scripts/io/connection.ts';
import { remove } from '../../../../scripts/io/state.ts';
import { ensureLocalAws, stopLocalAws } from '../../../../scripts/local/aws/index.ts';
import { type Toy, toyApp, toyStacks } from './toy-app.ts';

const folder = mkdtempSync(join(tmpdir(), 'dojang-aws-test-'));
const environment = environmentOf(config, 'local');
const first: Toy = { size: 10, zone: 'ap-northeast-2a' };
const said: string[] = [];
const progress = (note: string) => void said.push(note);
const cloudOf = (toy: Toy, of: Environment = environment): AwsCloud => awsCloud(of, { connection, synth: toyApp(of, toy) });
let connection: Connection;
let cloud: AwsCloud;
let port: number;

beforeAll(async () => {
  const local = await ensureLocalAws(folder, environment.aws, { mayStart: true, progress });
  port = local.port;
  // Temporary folders of synthesised apps go with this one.
  process.env.TMPDIR = folder;
  connection = connectionFrom(local.env);
  cloud = cloudOf(first);
  await cloud.bootstrap(progress);
});

afterAll(async () => {
  await stopLocalAws(folder);
  remove(folder);
});

const clientConfig = () => awsClientConfig(connection, environment.aws.region);
const ec2 = () => new EC2Client(clientConfig());
const volumes = async () =>
  (await ec2().send(new DescribeVolumesCommand({ Filters: [{ Name: 'encrypted', Values: ['true'] }] }))).Volumes ?? [];
const dataVolume = async () => (await volumes()).find(({ VolumeType }) => VolumeType === 'gp3');

it('is found again, not started twice', async () => {
  expect((await ensureLocalAws(folder, environment.aws, { mayStart: true, progress })).port).toBe(port);
});

it('refuses credentials of another account, and none at all', async () => {
  const elsewhere = { ...environment, aws: { ...environment.aws, account: '999999999999' } };
  await expect(cloudOf(first, elsewhere).deploy(toyStacks, progress)).rejects.toMatchObject({ code: 'wrong-account' });
  for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_PROFILE']) vi.stubEnv(name, undefined);
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
  vi.stubEnv('HOME', folder);
  const anonymous = awsCloud(environment, { connection: { ...connection, credentials: undefined }, synth: toyApp(environment, first) });
  await expect(anonymous.status(toyStacks)).rejects.toMatchObject({
    code: 'no-credentials',
    next: expect.stringContaining('AWS_PROFILE'),
  });
  vi.unstubAllEnvs();
});

describe('before the first deployment', () => {
  it('has no stack, no output and only creations to make', async () => {
    expect((await cloud.status(toyStacks)).map(({ status }) => status)).toEqual(['NOT_DEPLOYED', 'NOT_DEPLOYED']);
    expect(await cloud.outputs(toyStacks)).toEqual({});
    expect(await cloud.rules('toy')).toEqual([]);
    const changes = await cloud.changes(toyStacks);
    expect(changes.map(({ effect }) => effect)).toEqual(changes.map(() => 'create'));
    expect(changes).toContainEqual({
      cloud: 'aws',
      stack: 'toy-lasting',
      id: 'Data',
      type: 'AWS::EC2::Volume',
      effect: 'create',
      changed: [],
    });
  });

  it('starts again over a stack that an interrupted run had only prepared', async () => {
    const prepared = {
      StackName: 'toy-lasting',
      ChangeSetName: 'cut-off',
      ChangeSetType: 'CREATE',
      TemplateBody: '{"Resources":{}}',
    } as const;
    await new CloudFormationClient(clientConfig()).send(new CreateChangeSetCommand(prepared));
    expect(await cloud.status(['toy-lasting'])).toMatchObject([{ status: 'REVIEW_IN_PROGRESS' }]);
    await cloud.deploy(['toy-lasting'], progress);
    expect(await cloud.status(toyStacks)).toMatchObject([{ status: 'CREATE_COMPLETE' }, { status: 'NOT_DEPLOYED' }]);
  });

  it('reports which resource failed and why, then starts again over what is left', async () => {
    const failing = cloudOf({ ...first, machine: 'i-00000000000000000' });
    await expect(failing.deploy(['toy-machine'], progress)).rejects.toMatchObject({
      code: 'deploy-failed',
      message: expect.stringMatching(/toy-machine: Tie \(AWS::EC2::EIPAssociation\) failed: .*i-00000000000000000/),
    });
    // A machine that is protected from termination stays when its stack is rolled back, on AWS too.
    expect(await cloud.status(['toy-machine'])).toMatchObject([{ status: 'ROLLBACK_FAILED' }]);
    expect((await cloud.changes(['toy-machine'])).every(({ effect }) => effect === 'create')).toBe(true);
    await cloud.deploy(['toy-machine'], progress);
    expect(await cloud.status(['toy-machine'])).toMatchObject([{ status: 'CREATE_COMPLETE' }]);
  });
});

describe('deployed', () => {
  it('returns outputs, also of types that the local AWS only records', async () => {
    const outputs = await cloud.outputs(toyStacks);
    expect(outputs).toMatchObject({
      PublicAddress: '203.0.113.10',
      DataId: expect.stringMatching(/^vol-/),
      SnapshotPolicy: expect.stringMatching(/^arn:aws:dlm:/),
    });
    const { Addresses } = await ec2().send(new DescribeAddressesCommand({}));
    expect(Addresses).toMatchObject([{ PublicIp: '203.0.113.10', InstanceId: outputs.InstanceId }]);
  });

  it('changes nothing the second time', async () => {
    expect(await cloud.changes(toyStacks)).toEqual([]);
    await cloud.deploy(toyStacks, progress);
    expect((await cloud.status(toyStacks)).map(({ status }) => status)).toEqual(['CREATE_COMPLETE', 'CREATE_COMPLETE']);
  });

  it('enlarges the volume in place', async () => {
    const before = await dataVolume();
    const larger = cloudOf({ ...first, size: 20 });
    expect(await larger.changes(toyStacks)).toMatchObject([{ id: 'Data', effect: 'update', changed: ['Size'] }]);
    await larger.deploy(['toy-lasting'], progress);
    expect(await dataVolume()).toMatchObject({ VolumeId: before?.VolumeId, Size: 20 });
    expect(await larger.changes(toyStacks)).toEqual([]);
  });

  it('rolls back an update that fails, and can be deployed again', async () => {
    await expect(cloudOf({ ...first, size: 5 }).deploy(['toy-lasting'], progress)).rejects.toMatchObject({
      message: expect.stringContaining('Data (AWS::EC2::Volume) failed: New size cannot be smaller'),
      why: expect.stringContaining('UPDATE_ROLLBACK_COMPLETE'),
    });
    const larger = cloudOf({ ...first, size: 30 });
    await larger.deploy(['toy-lasting'], progress);
    expect(await dataVolume()).toMatchObject({ Size: 30 });
  });

  it('sees that another zone replaces the volume, and its attachment with it', async () => {
    expect(await cloudOf({ size: 30, zone: 'ap-northeast-2c' }).changes(toyStacks)).toMatchObject([
      { id: 'Data', type: 'AWS::EC2::Volume', effect: 'replace', changed: ['AvailabilityZone'] },
      { id: 'Attachment', effect: 'replace', changed: ['VolumeId'] },
    ]);
  });
});

describe('rules', () => {
  const https = { direction: 'ingress', protocol: 'tcp', ports: [443, 443], peer: '0.0.0.0/0' };

  it('are those of the template, without the one that permits nothing', async () => {
    expect(await cloud.rules('toy')).toMatchObject([https]);
  });

  it('show what was added by hand, which can be revoked twice', async () => {
    const { SecurityGroups } = await ec2().send(new DescribeSecurityGroupsCommand({ Filters: [{ Name: 'group-name', Values: ['toy'] }] }));
    const byHand = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, Ipv6Ranges: [{ CidrIpv6: '::/0' }] };
    await ec2().send(new AuthorizeSecurityGroupIngressCommand({ GroupId: SecurityGroups?.[0]?.GroupId, IpPermissions: [byHand] }));
    const stray = (await cloud.rules('toy')).find(({ peer }) => peer === '::/0');
    expect(stray).toMatchObject({ direction: 'ingress', protocol: 'tcp', ports: [22, 22], handle: expect.stringMatching(/^sgr-/) });
    if (!stray) return;
    await cloud.revoke(stray);
    await cloud.revoke(stray);
    expect(await cloud.rules('toy')).toMatchObject([https]);
  });

  it('can be allowed twice, in a group that exists', async () => {
    const rule: Rule = {
      cloud: 'aws',
      carrier: 'toy',
      direction: 'egress',
      protocol: 'tcp',
      ports: [8443, 8443],
      peer: '198.51.100.10/32',
    };
    await cloud.allow(rule);
    await cloud.allow(rule);
    const found = (await cloud.rules('toy')).filter(({ direction }) => direction === 'egress');
    expect(found).toEqual([{ ...rule, handle: found[0]?.handle }]);
    await expect(cloud.allow({ ...rule, carrier: 'missing' })).rejects.toMatchObject({ code: 'no-security-group' });
  });
});

it('keeps parameters', async () => {
  const names = Array.from({ length: 12 }, (_, index) => `/toy/${index}`);
  await Promise.all(names.map((name) => cloud.putParameter(name, 'one')));
  await cloud.putParameter('/toy/0', 'two');
  expect(await cloud.parameters([...names, '/toy/none'])).toEqual({
    ...Object.fromEntries(names.map((name) => [name, 'one'])),
    '/toy/0': 'two',
  });
  await cloud.deleteParameters([...names, '/toy/none']);
  expect(await cloud.parameters(names)).toEqual({});
});

it('destroys protected stacks, keeps what is retained, and minds nothing that is gone already', async () => {
  await cloud.destroy(toyStacks, progress);
  expect((await cloud.status(toyStacks)).map(({ status }) => status)).toEqual(['NOT_DEPLOYED', 'NOT_DEPLOYED']);
  expect(await dataVolume()).toMatchObject({ Size: 30, State: 'available' });
  const { Reservations = [] } = await ec2().send(new DescribeInstancesCommand({}));
  expect(Reservations.flatMap(({ Instances = [] }) => Instances.map(({ State }) => State?.Name))).toEqual(
    expect.arrayContaining(['terminated']),
  );
  expect((await ec2().send(new DescribeAddressesCommand({}))).Addresses).toEqual([]);
  await cloud.destroy(toyStacks, progress);
});
