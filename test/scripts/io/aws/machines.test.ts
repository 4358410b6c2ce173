/** A machine whose data volume is mounted: its stack goes after it has stopped, and one that was left off is started. */
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DescribeInstancesCommand, DescribeVolumesCommand, EC2Client, StopInstancesCommand } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, expect, it } from 'vitest';
import config from '../../../../dojang.config.ts';
import { environmentOf } from '../../../../lib/config/environment.ts';
import type { AwsCloud } from '../../../../lib/ports.ts';
import { awsCloud } from '../../../../scripts/io/aws/index.ts';
import { remove } from '../../../../scripts/io/state.ts';
import { ensureLocalAws, stopLocalAws } from '../../../../scripts/local/aws/index.ts';
import { MountedHost } from '../../local/mounted-host.ts';
import { toyApp, toyStacks } from './toy-app.ts';

const folder = mkdtempSync(join(tmpdir(), 'dojang-machines-test-'));
const environment = environmentOf(config, 'local');
const said: string[] = [];
const progress = (note: string) => void said.push(note);
let cloud: AwsCloud;
let host: MountedHost | undefined;
let ids: { readonly instance: string; readonly volume: string };

const stateOf = async (id: string) => {
  const { Reservations = [] } = await new EC2Client({}).send(new DescribeInstancesCommand({ InstanceIds: [id] }));
  return Reservations[0]?.Instances?.[0]?.State?.Name;
};
const log = () => readFileSync(join(folder, 'aws/daemon.log'), 'utf8');

beforeAll(async () => {
  const { env } = await ensureLocalAws(join(folder, 'aws'), environment.aws, true, progress);
  Object.assign(process.env, env, { TMPDIR: folder });
  cloud = awsCloud(environment, { synth: toyApp(environment, { size: 1, zone: environment.aws.zone }) });
  await cloud.bootstrap(progress);
  await cloud.deploy(toyStacks, progress);
  const { InstanceId = '', DataId = '' } = await cloud.outputs(toyStacks);
  ids = { instance: InstanceId, volume: DataId };
  host = await MountedHost.boot(join(folder, 'hosts'), { host: 'aws', instanceId: InstanceId, disk: DataId });
});

afterAll(async () => {
  await host?.remove();
  await stopLocalAws(join(folder, 'aws'));
  remove(folder);
});

it('a deployment starts a machine that was stopped', async () => {
  await host?.powerOff();
  await new EC2Client({}).send(new StopInstancesCommand({ InstanceIds: [ids.instance] }));
  await expect.poll(() => stateOf(ids.instance)).toBe('stopped');
  await cloud.deploy(toyStacks, progress);
  expect(await stateOf(ids.instance)).toBe('running');
  expect(said).toContain(`starting ${ids.instance}, which was stopped`);
});

it('a stack is removed after its machine has stopped, so that the volume is unmounted before it is detached', async () => {
  host = await MountedHost.boot(join(folder, 'hosts'), { host: 'aws', instanceId: ids.instance, disk: ids.volume });
  // The booted host follows its cloud.
  const off = expect.poll(() => stateOf(ids.instance), { timeout: 30_000 }).toBe('stopping');
  const removed = cloud.destroy(['toy-machine'], progress);
  await off.then(() => host?.powerOff());
  await removed;
  const lines = log();
  expect(lines).not.toContain(': busy: ');
  expect(lines.lastIndexOf(`${ids.instance}: stopped`)).toBeLessThan(lines.indexOf(`${ids.volume}: detached from ${ids.instance}`));
  const { Volumes } = await new EC2Client({}).send(new DescribeVolumesCommand({ VolumeIds: [ids.volume] }));
  expect(Volumes).toMatchObject([{ State: 'available' }]);
  expect(said).toContain(`toy-machine: ${ids.instance} has stopped, its volume is unmounted`);
});
