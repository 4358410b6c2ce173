/** Stops both machines as an operator does in the consoles of their clouds. */
import { DescribeInstancesCommand, StopInstancesCommand, waitUntilInstanceStopped } from '@aws-sdk/client-ec2';
import { compute_v1 } from '@googleapis/compute';
import type { Clone } from '../clone.ts';
import { ec2Client } from '../clouds.ts';

export async function stopMachines(clone: Clone): Promise<void> {
  const env = await clone.cloudEnv();
  const { gcp } = await clone.answer<{ gcp: { machine: string; zone: string } }>('outputs');
  await Promise.all([stopOnAws(env), stopOnGcp(env, gcp)]);
}

async function stopOnAws(env: Record<string, string>): Promise<void> {
  const ec2 = ec2Client(env);
  const running = { Filters: [{ Name: 'instance-state-name', Values: ['running'] }] };
  const { Reservations = [] } = await ec2.send(new DescribeInstancesCommand(running));
  const InstanceIds = Reservations.flatMap(({ Instances = [] }) => Instances.map(({ InstanceId = '' }) => InstanceId));
  await ec2.send(new StopInstancesCommand({ InstanceIds }));
  await waitUntilInstanceStopped({ client: ec2, maxWaitTime: 60, minDelay: 1, maxDelay: 1 }, { InstanceIds });
}

async function stopOnGcp(env: Record<string, string>, { machine: instance, zone }: { machine: string; zone: string }): Promise<void> {
  const compute = new compute_v1.Compute({ rootUrl: env.GOOGLE_COMPUTE_CUSTOM_ENDPOINT?.replace(/compute\/v1\/?$/, '') });
  const at = { project: 'dojang-local', zone };
  const { data } = await compute.instances.stop({ ...at, instance });
  await compute.zoneOperations.wait({ ...at, operation: data.name ?? '' });
}
