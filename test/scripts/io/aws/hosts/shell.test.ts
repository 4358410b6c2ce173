/**
 * Scripts on hosts through Systems Manager: production code against the local AWS and a machine
 * that is really there.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DescribeInstanceInformationCommand, ListCommandsCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import config from '../../../../../dojang.config.ts';
import { environmentOf } from '../../../../../lib/config/environment.ts';
import type { HostShell } from '../../../../../lib/ports/host-shell.ts';
import { type JoinPorts, join as joinNode } from '../../../../../scripts/commands/up/join.ts';
import { type AwsClients, awsClients } from '../../../../../scripts/io/aws/clients.ts';
import { nodeRegistry } from '../../../../../scripts/io/aws/hosts/activation.ts';
import { hostNodes } from '../../../../../scripts/io/aws/hosts/nodes.ts';
import { ssmShell } from '../../../../../scripts/io/aws/hosts/shell.ts';
import { awsClientConfig, type Connection, connectionFrom } from '../../../../../scripts/io/connection.ts';
import { remove } from '../../../../../scripts/io/state.ts';
import { ensureLocalAws, stopLocalAws } from '../../../../../scripts/local/aws/index.ts';
import { canBoot, FakeHost, writeMachines } from '../../../local/aws/fake-host.ts';
import { machineAndRole } from '../../../local/aws/machine-and-role.ts';

const top = mkdtempSync(join(tmpdir(), 'dojang-shell-test-'));
const folder = join(top, 'aws');
const environment = environmentOf(config, 'local');
const progress = () => undefined;
const options = { comment: 'a trial', limitSeconds: 20 };
let connection: Connection;
let clients: AwsClients;
let url: string;
let made: { instanceId: string; role: string };
let host: FakeHost;
let shell: HostShell;

describe.runIf(canBoot)('a host', () => {
  beforeAll(async () => {
    const local = await ensureLocalAws(folder, environment.aws, { mayStart: true, progress });
    url = local.env.AWS_ENDPOINT_URL ?? '';
    connection = connectionFrom(local.env);
    clients = awsClients(environment, connection);
    made = await machineAndRole(connection);
    host = await FakeHost.boot();
    shell = ssmShell(
      { environment, connection, clients },
      hostNodes({ environment, clients }, async () => made.instanceId),
    );
  });

  afterAll(async () => {
    await host.powerOff();
    await stopLocalAws(folder);
    remove(top);
  });

  const aws = () => ({ host: 'aws', machineId: 'f-aws', leader: host.leader, instanceId: made.instanceId, address: '203.0.113.10' });
  const gcp = (machineId: string) => ({ host: 'gcp', machineId, leader: host.leader, instanceName: 'ai', address: '198.51.100.10' });

  it('that is not booted is unreachable, with what to do about it', async () => {
    await expect(shell.run('aws', 'true', options)).rejects.toMatchObject({
      code: 'host-unreachable',
      message: expect.stringContaining(made.instanceId),
      next: expect.stringContaining('dojang up --env local'),
    });
    await expect(shell.run('gcp', 'true', options)).rejects.toMatchObject({
      code: 'host-unreachable',
      next: expect.stringContaining('--only join'),
    });
    await expect(shell.whenReady('aws', 0, progress)).rejects.toMatchObject({ code: 'host-unreachable' });
  });

  it('whose agent has not registered yet is unknown to Systems Manager, and is waited for', async () => {
    writeMachines(folder, [{ ...aws(), agentFrom: Date.now() / 1000 + 3 }]);
    await expect(shell.run('aws', 'true', options)).rejects.toMatchObject({ code: 'host-unreachable' });
    const { InstanceInformationList } = await clients.ssm.send(new DescribeInstanceInformationCommand({}));
    expect(InstanceInformationList).toEqual([]);
    const notes: string[] = [];
    await shell.whenReady('aws', 60, (note) => notes.push(note));
    expect(notes.at(-1)).toMatch(/^waiting for the agent of the aws host to register with Systems Manager: \d+ of 60 s$/);
    writeMachines(folder, []);
  });

  it('is waited for until it is there', async () => {
    const ready = shell.whenReady('aws', 60, progress);
    writeMachines(folder, [aws()]);
    await ready;
  });

  it('runs bash as root and answers with any exit status', async () => {
    const answer = await shell.run('aws', 'hostname; id -u; [[ $HOME == /root ]]; echo oops >&2; exit 5', options);
    expect(answer).toEqual({ code: 5, stdout: 'fake-host\n0\n', stderr: 'oops\n' });
    expect(await shell.run('aws', 'kill -9 $$', options)).toMatchObject({ code: 137 });
  });

  it('keeps the end of a long output, and takes a long script', async () => {
    const { stdout } = await shell.run('aws', `${'# much to say\n'.repeat(20_000)}seq 20000`, options);
    expect(stdout).toMatch(/^1\n2\n[\s\S]+bytes left out[\s\S]+\n20000\n$/);
  });

  it('says how long it runs, and ends at its limit with what it said last', async () => {
    const notes: string[] = [];
    const slow = shell.run('aws', 'echo begun; sleep 60', { comment: 'a nap', limitSeconds: 2, progress: (note) => notes.push(note) });
    await expect(slow).rejects.toMatchObject({
      code: 'host-timeout',
      message: expect.stringContaining('a nap'),
      why: expect.stringContaining('begun'),
    });
    expect(notes).toContain('running for 1 s');
  });

  it('is in the command history under the comment', async () => {
    await shell.run('aws', 'true', { ...options, comment: `${'x'.repeat(99)}yz` });
    const { Commands } = await new SSMClient(awsClientConfig(connection, environment.aws.region)).send(new ListCommandsCommand({}));
    expect(Commands?.[0]?.Comment).toBe(`${'x'.repeat(99)}y`);
  });

  describe('outside AWS', () => {
    let scripts = 0;
    /** Does what the agent does: registers with what it is given as arguments. */
    const registers = (fingerprint: string) => async (script: string) => {
      scripts++;
      const [id, code] = await agentArguments(script);
      await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'AmazonSSM.RegisterManagedInstance' },
        body: JSON.stringify({ ActivationId: id, ActivationCode: code, Fingerprint: fingerprint }),
      });
      return { code: 0, stdout: '', stderr: '' };
    };
    const ports = (channel: JoinPorts['channel']): JoinPorts => ({
      aws: { outputs: async () => ({ AiNodeRole: made.role }) },
      registry: nodeRegistry({ environment, clients }),
      channel,
      shell,
      interval: 50,
    });

    it('joins once, and then is reached as the other one is', async () => {
      writeMachines(folder, [aws(), gcp('f-1')]);
      const { node, changed } = await joinNode(environment, ports(registers('f-1')), progress);
      expect(changed).toBe(true);
      expect(await shell.run('gcp', 'hostname', options)).toMatchObject({ stdout: 'fake-host\n' });
      expect(await joinNode(environment, ports(registers('f-1')), progress)).toEqual({ node, changed: false });
      expect(scripts).toBe(1);
    });

    it('joins again when its machine was replaced, and the old node goes', async () => {
      const [old] = await ports(registers('')).registry.named('dojang-local-ai');
      writeMachines(folder, [aws(), gcp('f-2')]);
      const { node } = await joinNode(environment, ports(registers('f-2')), progress);
      const left = await ports(registers('')).registry.named('dojang-local-ai');
      expect(left.map(({ id }) => id)).toEqual([node]);
      expect(node).not.toBe(old?.id);
      expect(await shell.run('gcp', 'true', options)).toMatchObject({ code: 0 });
    });

    it('that can not register says why, and never the code', async () => {
      writeMachines(folder, [aws()]);
      const failing = async (script: string) => ({ code: 1, stdout: '', stderr: `no such thing: ${(await agentArguments(script))[1]}` });
      const failure = await joinNode(environment, ports(failing), progress).catch((error) => error);
      expect(failure).toMatchObject({ code: 'join-failed', why: expect.stringContaining('no such thing: [redacted]') });
    });

    it('needs the role that the addresses stack makes', async () => {
      const without = { ...ports(registers('')), aws: { outputs: async () => ({}) } };
      await expect(joinNode(environment, without, progress)).rejects.toMatchObject({ code: 'no-role' });
    });
  });
});

/**
 * Runs a join script with stand-ins for the agent and systemd, and answers the id and the code that
 * the agent is given.
 */
async function agentArguments(script: string): Promise<string[]> {
  const functions = 'amazon-ssm-agent() { echo "agent $*"; }\nsystemctl() { echo "systemctl $*"; }\n';
  const child = spawn('bash', ['-s'], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(functions + script);
  let said = '';
  for await (const data of child.stdout) said += data;
  const [, id = '', code = ''] = /^agent -register -y -region ap-northeast-2 -id (\S+) -code (\S+)$/m.exec(said) ?? [];
  expect(said).toMatch(/^systemctl stop amazon-ssm-agent.service\nagent .*\nsystemctl enable .*\nsystemctl start .*\n$/);
  return [id, code];
}
