/**
 * Systems Manager of the local AWS, asked by the official SDK: commands run on a machine that is
 * really there.
 */
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import {
  CancelCommandCommand,
  CreateActivationCommand,
  DeleteActivationCommand,
  DeregisterManagedInstanceCommand,
  DescribeActivationsCommand,
  DescribeInstanceInformationCommand,
  GetCommandInvocationCommand,
  type GetCommandInvocationCommandOutput,
  GetParameterCommand,
  GetParameterHistoryCommand,
  GetParametersByPathCommand,
  ListCommandInvocationsCommand,
  ListCommandsCommand,
  PutParameterCommand,
  SendCommandCommand,
  type SendCommandCommandInput,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { awsClientConfig, connectionFrom } from '../../../../scripts/io/connection.ts';
import { processes } from '../../../../scripts/io/gcp/engine/processes.ts';
import { remove } from '../../../../scripts/io/state.ts';
import { ensureLocalAws, stopLocalAws } from '../../../../scripts/local/aws/index.ts';
import { canBoot, FakeHost, writeMachines } from './fake-host.ts';
import { machineAndRole } from './machine-and-role.ts';

const top = mkdtempSync(join(tmpdir(), 'dojang-ssm-test-'));
const folder = join(top, 'aws');
const where = { account: '123456789012', region: 'ap-northeast-2' };
let ssm: SSMClient;
let url: string;
let made: { instanceId: string; role: string };

beforeAll(async () => {
  const local = await ensureLocalAws(folder, where, { mayStart: true, progress: () => undefined });
  url = local.env.AWS_ENDPOINT_URL ?? '';
  const connection = connectionFrom(local.env);
  ssm = new SSMClient(awsClientConfig(connection, where.region));
  made = await machineAndRole(connection);
});

afterAll(async () => {
  await stopLocalAws(folder);
  remove(top);
});

async function registered(activation: { ActivationId?: string; ActivationCode?: string }, Fingerprint: string) {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'AmazonSSM.RegisterManagedInstance' },
    body: JSON.stringify({ ...activation, Fingerprint, Hostname: 'gpu', IPAddress: '198.51.100.10' }),
  });
  return (await answer.json()) as { InstanceId?: string; __type?: string };
}

const node = async (id: string) =>
  (await ssm.send(new DescribeInstanceInformationCommand({ Filters: [{ Key: 'InstanceIds', Values: [id] }] })))
    .InstanceInformationList?.[0];

describe('secrets', () => {
  const put = (Value: string, more = {}) =>
    ssm.send(new PutParameterCommand({ Name: '/toy/secret', Value, Type: 'SecureString', ...more }));

  it('are shown only decrypted, and never by accident', async () => {
    await put('open sesame');
    await expect(put('again')).rejects.toMatchObject({ name: 'ParameterAlreadyExists' });
    await put('second word', { Overwrite: true });
    const plain = await ssm.send(new GetParameterCommand({ Name: '/toy/secret', WithDecryption: true }));
    expect(plain.Parameter).toMatchObject({ Value: 'second word', Type: 'SecureString', Version: 2 });
    const sealed = await ssm.send(new GetParameterCommand({ Name: '/toy/secret' }));
    expect(sealed.Parameter?.Value).not.toContain('second word');
    const byPath = await ssm.send(new GetParametersByPathCommand({ Path: '/toy', Recursive: true, WithDecryption: true }));
    expect(byPath.Parameters).toMatchObject([{ Value: 'second word' }]);
    const history = await ssm.send(new GetParameterHistoryCommand({ Name: '/toy/secret', WithDecryption: true }));
    expect(history.Parameters?.map(({ Value }) => Value)).toEqual(['open sesame', 'second word']);
    expect(readFileSync(join(folder, 'daemon.log'), 'utf8')).not.toMatch(/sesame|second word/);
  });
});

describe('an activation', () => {
  const activation = async (more = {}) =>
    ssm.send(
      new CreateActivationCommand({ IamRole: made.role, DefaultInstanceName: 'toy-ai', Tags: [{ Key: 'service', Value: 'toy' }], ...more }),
    );

  it('needs a role that Systems Manager may assume', async () => {
    await expect(activation({ IamRole: 'missing' })).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining('missing'),
    });
  });

  it('registers one agent with the right code, and never returns the code again', async () => {
    const one = await activation({ RegistrationLimit: 1 });
    expect(await registered({ ...one, ActivationCode: 'wrong' }, 'f-1')).toMatchObject({ __type: 'InvalidActivation' });
    const { InstanceId = '' } = await registered(one, 'f-1');
    expect(InstanceId).toMatch(/^mi-[0-9a-f]{17}$/);
    expect(await registered(one, 'f-2')).toMatchObject({ __type: 'RegistrationLimitExceeded' });
    expect(await node(InstanceId)).toMatchObject({ Name: 'toy-ai', ResourceType: 'ManagedInstance', PingStatus: 'ConnectionLost' });
    const { ActivationList } = await ssm.send(new DescribeActivationsCommand({}));
    expect(ActivationList).toMatchObject([{ ActivationId: one.ActivationId, RegistrationsCount: 1, Expired: false }]);
    expect(JSON.stringify(ActivationList)).not.toContain(one.ActivationCode);
    await ssm.send(new DeleteActivationCommand({ ActivationId: one.ActivationId }));
    expect(await registered(one, 'f-1')).toMatchObject({ __type: 'InvalidActivation' });
    await ssm.send(new DeregisterManagedInstanceCommand({ InstanceId }));
    expect(await node(InstanceId)).toBeUndefined();
  });

  it('expires', async () => {
    const short = await activation({ ExpirationDate: new Date(Date.now() + 1100) });
    const isExpired = async () => {
      const { ActivationList = [] } = await ssm.send(new DescribeActivationsCommand({}));
      return ActivationList.find(({ ActivationId }) => ActivationId === short.ActivationId)?.Expired;
    };
    await expect.poll(isExpired, { timeout: 30_000 }).toBe(true);
    expect(await registered(short, 'f-1')).toMatchObject({ __type: 'ActivationExpired' });
  });
});

describe.runIf(canBoot)('a booted machine', () => {
  let host: FakeHost;
  const machines = () => [{ host: 'aws', machineId: 'f-aws', leader: host.leader, instanceId: made.instanceId, address: '203.0.113.10' }];

  beforeAll(async () => {
    host = await FakeHost.boot();
    writeMachines(folder, machines());
  });
  afterAll(() => host.powerOff());

  const send = async (commands: string[], more: Record<string, string[]> = {}, input: Partial<SendCommandCommandInput> = {}) =>
    (
      await ssm.send(
        new SendCommandCommand({
          DocumentName: 'AWS-RunShellScript',
          InstanceIds: [made.instanceId],
          Parameters: { commands, ...more },
          ...input,
        }),
      )
    ).Command;
  const invocation = (CommandId?: string) => ssm.send(new GetCommandInvocationCommand({ CommandId, InstanceId: made.instanceId }));
  const ended = async (CommandId?: string): Promise<GetCommandInvocationCommandOutput> => {
    for (;;) {
      const answer = await invocation(CommandId);
      if (!/Pending|InProgress|Cancelling/.test(answer.Status ?? '')) return answer;
      await wait(50);
    }
  };
  const run = async (...given: Parameters<typeof send>) => ended((await send(...given))?.CommandId);

  it('is online with the facts that it reports', async () => {
    expect(await node(made.instanceId)).toMatchObject({
      PingStatus: 'Online',
      ResourceType: 'EC2Instance',
      ComputerName: 'fake-host',
      IPAddress: '203.0.113.10',
      PlatformType: 'Linux',
      LastPingDateTime: expect.any(Date),
    });
  });

  it('runs a script as root in its own namespaces with a clean environment', async () => {
    const answer = await run(['hostname; id -u; pwd; echo "$HOME $LANG"', 'env | grep -c AWS_'], { workingDirectory: ['/srv'] });
    expect(answer).toMatchObject({ Status: 'Failed', ResponseCode: 1 });
    expect(answer.StandardOutputContent).toBe('fake-host\n0\n/srv\n/root C.UTF-8\n0\n');
    expect(answer.StandardErrorContent).toBe('');
    expect(await run(['#!/bin/bash', 'cat /proc/1/comm; [[ -n $BASH_VERSION ]]; echo oops >&2'])).toMatchObject({
      Status: 'Success',
      StatusDetails: 'Success',
      ResponseCode: 0,
      StandardOutputContent: 'sleep\n',
      StandardErrorContent: 'oops\n',
      ExecutionStartDateTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    });
  });

  it('answers at once and reports its status', async () => {
    const command = await send(['until [ -e /srv/go ]; do sleep 0.05; done; exit 3'], {}, { Comment: 'a nap' });
    expect(command).toMatchObject({ Status: 'Pending', Comment: 'a nap', InstanceIds: [made.instanceId] });
    expect((await invocation(command?.CommandId)).Status).toMatch(/Pending|InProgress/);
    host.write('/srv/go', '');
    expect(await ended(command?.CommandId)).toMatchObject({ Status: 'Failed', ResponseCode: 3, Comment: 'a nap' });
    const { Commands } = await ssm.send(new ListCommandsCommand({ CommandId: command?.CommandId }));
    expect(Commands).toMatchObject([{ Status: 'Failed', CompletedCount: 1, ErrorCount: 1 }]);
    const listed = await ssm.send(new ListCommandInvocationsCommand({ CommandId: command?.CommandId, Details: true }));
    expect(listed.CommandInvocations).toMatchObject([{ Status: 'Failed', CommandPlugins: [{ ResponseCode: 3 }] }]);
  });

  it('keeps what is long to the first 24,000 and 8,000 characters, and leaves nothing behind', async () => {
    const answer = await run(['seq 100000; seq 100000 >&2']);
    expect(answer.StandardOutputContent).toHaveLength(24_000);
    expect(answer.StandardOutputContent).toMatch(/^1\n2\n[\s\S]*--output truncated--$/);
    expect(answer.StandardErrorContent).toHaveLength(8_000);
    const left = await run(['ls /var/lib/amazon/ssm/*/document/orchestration/*/*/* | grep -c _script']);
    expect(left.StandardOutputContent).toBe('1\n');
  });

  it('ends what takes too long, with all its children', async () => {
    const answer = await run(['echo begun; sh -c "sleep 600; touch /srv/survived" & sleep 600'], { executionTimeout: ['1'] });
    expect(answer).toMatchObject({ Status: 'TimedOut', ResponseCode: 137, StandardOutputContent: 'begun\n' });
    expect(processes().filter(({ args }) => args.includes('touch /srv/survived'))).toEqual([]);
  });

  it('can be cancelled', async () => {
    const command = await send(['sleep 600']);
    await ssm.send(new CancelCommandCommand({ CommandId: command?.CommandId }));
    expect(await ended(command?.CommandId)).toMatchObject({ Status: 'Cancelled' });
    await expect(ssm.send(new CancelCommandCommand({ CommandId: crypto.randomUUID() }))).rejects.toMatchObject({
      name: 'InvalidCommandId',
    });
  });

  it('is found by its tags too', async () => {
    const target = (Value: string) => ({ InstanceIds: undefined, Targets: [{ Key: 'tag:Name', Values: [Value] }] });
    expect(await send(['true'], {}, target('toy-host'))).toMatchObject({ InstanceIds: [made.instanceId] });
    expect((await send(['true'], {}, target('another')))?.InstanceIds ?? []).toEqual([]);
  });

  it.each([
    ['a node that is not there', { InstanceIds: ['i-00000000000000000'] }, {}, 'InvalidInstanceId'],
    ['a parameter the document does not have', {}, { shell: ['zsh'] }, 'InvalidParameters'],
    ['another document', { DocumentName: 'AWS-RunPatchBaseline' }, {}, 'InvalidDocument'],
    ['a script over 64 KB', {}, { commands: ['#'.repeat(66_000)] }, 'MaxDocumentSizeExceeded'],
    ['a limit over 48 hours', {}, { executionTimeout: ['172801'] }, 'InvalidParameters'],
  ])('refuses %s', async (_, input, parameters, name) => {
    await expect(send(['true'], parameters, input)).rejects.toMatchObject({ name });
  });

  it('registers as a node under its fingerprint; of two registrations the newer is connected', async () => {
    const activation = await ssm.send(
      new CreateActivationCommand({ IamRole: made.role, RegistrationLimit: 2, DefaultInstanceName: 'toy-ai' }),
    );
    writeMachines(folder, [{ host: 'gcp', machineId: 'f-gcp', leader: host.leader, instanceName: 'toy-ai', address: '198.51.100.10' }]);
    const { InstanceId: old = '' } = await registered(activation, 'f-gcp');
    expect(await node(old)).toMatchObject({ PingStatus: 'Online', IPAddress: '198.51.100.10', ComputerName: 'fake-host' });
    const { InstanceId: young = '' } = await registered(activation, 'f-gcp');
    expect(await node(old)).toMatchObject({ PingStatus: 'ConnectionLost' });
    expect(await send(['true'], {}, { InstanceIds: [young] })).toMatchObject({ InstanceIds: [young] });
    await expect(send(['true'], {}, { InstanceIds: [old] })).rejects.toMatchObject({ name: 'InvalidInstanceId' });
    writeMachines(folder, machines());
  });

  it('is lost when it goes away, and so is what ran on it', async () => {
    const command = await send(['sleep 600']);
    while ((await invocation(command?.CommandId)).Status !== 'InProgress') await wait(20);
    await host.powerOff();
    expect(await ended(command?.CommandId)).toMatchObject({ Status: 'Failed', StatusDetails: 'Undeliverable', ResponseCode: -1 });
    expect(await node(made.instanceId)).toMatchObject({ PingStatus: 'ConnectionLost' });
    await expect(send(['true'])).rejects.toMatchObject({ name: 'InvalidInstanceId' });
  });

  it('never is this machine itself, whatever the list of machines says', async () => {
    writeMachines(folder, [{ host: 'aws', leader: process.pid, instanceId: made.instanceId }]);
    await expect(send(['true'])).rejects.toMatchObject({ name: 'InvalidInstanceId' });
  });
});
