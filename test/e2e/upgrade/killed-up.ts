/**
 * `dojang up` that is killed as soon as something has happened in the clouds, which are asked from
 * outside.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DescribeInstancesCommand } from '@aws-sdk/client-ec2';
import { expect } from 'vitest';
import { readJson } from '../../../scripts/io/state.ts';
import type { Clone } from '../clone.ts';
import { ec2Client } from '../clouds.ts';

const lookEveryMs = 50;
const limitMs = 180_000;

/**
 * Kills the command, and it alone, once the event has come, which must not have come before. An
 * `up` that ends before is a fault.
 */
export async function killedWhen(clone: Clone, args: readonly string[], event: () => Promise<boolean>): Promise<void> {
  expect(await event(), `${event.name} before the command`).toBe(false);
  const child = clone.start('node', [join(clone.folder, 'bin/dojang.ts'), 'up', ...args]);
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (data) => {
      text += data;
    });
  }
  const ended = new Promise((resolve) => child.once('close', resolve));
  const end = Date.now() + limitMs;
  while (child.exitCode === null && Date.now() < end && !(await event())) await wait(lookEveryMs);
  child.kill('SIGKILL');
  await ended;
  expect(child.signalCode, text).toBe('SIGKILL');
}

/** The moments of an up at which it is killed, recognised from outside the machines. */
export async function momentsOf(clone: Clone) {
  const env = await clone.cloudEnv();
  const ec2 = ec2Client(env);
  const cloudformation = new CloudFormationClient({
    endpoint: env.AWS_ENDPOINT_URL ?? '',
    region: env.AWS_REGION ?? '',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const cloud = join(clone.folder, '.dojang/local/gcp/cloud.json');
  const before = new Set((await machines()).map(({ id }) => id));
  const hostsLog = join(clone.hosts, 'daemon.log');
  const logged = text(hostsLog).length;

  async function machines() {
    const { Reservations = [] } = await ec2.send(new DescribeInstancesCommand({}));
    return Reservations.flatMap(({ Instances = [] }) =>
      Instances.map(({ InstanceId = '', State }) => ({ id: InstanceId, state: State?.Name })),
    );
  }
  return {
    /** The machine on AWS is ending its services. */
    stopping: async () => (await machines()).some(({ state }) => state === 'stopping'),
    /** CloudFormation has begun to remove the host's stack, or has already removed it. */
    removing: async () => {
      const StackName = 'dojang-local-host';
      const found = await cloudformation.send(new DescribeStacksCommand({ StackName })).catch(() => undefined);
      return found === undefined || found.Stacks?.[0]?.StackStatus === 'DELETE_IN_PROGRESS';
    },
    /** The GPU machine is off or on its way there, or it is gone. */
    gpuStopping: async () => {
      const resources = readJson<{ resources: Record<string, { computed: { currentStatus?: string } }> }>(cloud)?.resources ?? {};
      const [, machine] =
        Object.entries(resources).find(([id]) => id.includes('/instances/dojang-local-ai') && id.includes('Instance ')) ?? [];
      return machine?.computed.currentStatus !== 'RUNNING';
    },
    /** A new machine on AWS is booting. */
    booting: async () =>
      (await machines()).some(({ id, state }) => !before.has(id) && state === 'running') &&
      text(hostsLog).slice(logged).includes('aws: booting'),
  };
}

function text(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}
