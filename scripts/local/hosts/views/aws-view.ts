/** The host's machine, disk, address and rules as the embedded AWS holds them. */
import { join } from 'node:path';
import {
  DescribeAddressesCommand,
  DescribeInstancesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeVolumesCommand,
  EC2Client,
  type Instance,
  type Volume,
} from '@aws-sdk/client-ec2';
import type { Names } from '../../../../lib/config/names.ts';
import { awsDataDevice } from '../../../../lib/host/facts.ts';
import type { Rule } from '../../../../lib/wiring/rule.ts';
import { actualRule, isNoPermission } from '../../../io/aws/rule-text.ts';
import { readJson } from '../../../io/state.ts';
import { isRunning } from '../machine/nspawn.ts';
import type { CloudMachine, CloudView, Disk, HostCloud } from './cloud-state.ts';

export interface AwsSite {
  /** Where the local AWS keeps its port; another one each time it is started. */
  readonly folder: string;
  readonly region: string;
  readonly names: Pick<Names, 'stacks' | 'aws'>;
}

/** States of a machine that is there. */
const there = ['pending', 'running', 'stopping', 'stopped'];

export function embeddedAws({ folder, region, names }: AwsSite): HostCloud {
  const clients = new Map<number, EC2Client>();
  const clientFor = (port: number) => clients.get(port) ?? remember(clients, port, region);
  return {
    host: 'aws',
    async look() {
      const server = readJson<{ port: number; pid: number }>(join(folder, 'port.json'));
      // The port of one that has ended may be another clone's by now.
      if (!server || !isRunning(server.pid)) return undefined;
      return view(clientFor(server.port), names).catch(() => undefined);
    },
  };
}

function remember(clients: Map<number, EC2Client>, port: number, region: string): EC2Client {
  for (const client of clients.values()) client.destroy();
  clients.clear();
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new EC2Client({ endpoint: `http://localhost:${port}`, region, credentials, maxAttempts: 1 });
  clients.set(port, client);
  return client;
}

async function view(ec2: EC2Client, names: AwsSite['names']): Promise<CloudView> {
  const [instances, volumes] = await Promise.all([
    ec2.send(new DescribeInstancesCommand({ Filters: [named(names.stacks.host), { Name: 'instance-state-name', Values: there }] })),
    ec2.send(new DescribeVolumesCommand({})),
  ]);
  // One that is no longer the data volume, or was made by hand, is there all the same.
  const disks = (volumes.Volumes ?? []).flatMap(({ VolumeId }) => VolumeId ?? []);
  const data = (volumes.Volumes ?? []).filter(({ Tags = [] }) =>
    Tags.some((tag) => tag.Key === 'Name' && tag.Value === names.aws.dataVolume),
  );
  const instance = newest((instances.Reservations ?? []).flatMap(({ Instances }) => Instances ?? []));
  if (!instance?.InstanceId) return { disks, rules: [] };
  const [address, rules] = await Promise.all([addressOf(ec2, instance.InstanceId), rulesOf(ec2, instance)]);
  return { machine: machineOf(instance, instance.InstanceId, names, address, data), disks, rules };
}

const named = (name: string) => ({ Name: 'tag:Name', Values: [name] });

/** While a machine is replaced there may be two. */
function newest(instances: readonly Instance[]): Instance | undefined {
  const age = ({ LaunchTime }: Instance) => LaunchTime?.getTime() ?? 0;
  return [...instances].sort((one, other) => age(other) - age(one))[0];
}

function machineOf(
  instance: Instance,
  id: string,
  names: AwsSite['names'],
  address: string | undefined,
  data: readonly Volume[],
): CloudMachine {
  return {
    id,
    hostname: names.stacks.host,
    isRunning: ['pending', 'running'].includes(instance.State?.Name ?? ''),
    address,
    disk: diskOf(id, data),
    names: { instanceId: id },
  };
}

function diskOf(instance: string, data: readonly Volume[]): Disk | undefined {
  const attached = data.find(({ Attachments = [] }) => Attachments.some(({ InstanceId }) => InstanceId === instance));
  return attached?.VolumeId ? { id: attached.VolumeId, gib: attached.Size ?? 1, device: awsDataDevice(attached.VolumeId) } : undefined;
}

/** The Elastic IP alone: the address that a machine gets at its start changes with every start. */
async function addressOf(ec2: EC2Client, instance: string): Promise<string | undefined> {
  const { Addresses = [] } = await ec2.send(new DescribeAddressesCommand({ Filters: [{ Name: 'instance-id', Values: [instance] }] }));
  return Addresses[0]?.PublicIp;
}

async function rulesOf(ec2: EC2Client, { SecurityGroups = [] }: Instance): Promise<Rule[]> {
  const names = new Map(SecurityGroups.map(({ GroupId, GroupName }) => [GroupId ?? '', GroupName ?? '']));
  const Filters = [{ Name: 'group-id', Values: [...names.keys()] }];
  const { SecurityGroupRules = [] } = await ec2.send(new DescribeSecurityGroupRulesCommand({ Filters, MaxResults: 1000 }));
  const rules = SecurityGroupRules.filter((rule) => !isNoPermission(rule));
  return rules.map((rule) => actualRule(names.get(rule.GroupId ?? '') || (rule.GroupId ?? ''), rule));
}
