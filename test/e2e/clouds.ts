/** What is really in the embedded clouds, in a form in which two runs can be compared. */
import {
  DescribeAddressesCommand,
  DescribeInstancesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVolumesCommand,
  DescribeVpcsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { readJson } from '../../scripts/io/state.ts';

export interface CloudContents {
  readonly addresses: readonly string[];
  readonly instances: number;
  readonly volumes: readonly string[];
  readonly vpcs: number;
  readonly subnets: number;
  readonly groups: readonly string[];
  readonly rules: readonly string[];
  /** Ids of everything on GCP; those that the cloud gives are masked. */
  readonly gcp: readonly string[];
}

/** Ids that the cloud gives differ from one creation to the next. */
const givenId = /(budgets|notificationChannels)\/.+$/;

/** A client of the embedded AWS that these variables point at. */
export function ec2Client(env: Record<string, string>): EC2Client {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  return new EC2Client({ endpoint: env.AWS_ENDPOINT_URL, region: env.AWS_REGION, credentials });
}

/**
 * Counts what exists once and lists what has a meaning; what every account has from the start is
 * left out.
 */
export async function contentsOf(env: Record<string, string>, gcpState: string): Promise<CloudContents> {
  const ec2 = ec2Client(env);
  const ours = { Filters: [{ Name: 'tag:service', Values: ['dojang'] }] };
  const [addresses, instances, volumes, vpcs, subnets, groups, rules] = await Promise.all([
    ec2.send(new DescribeAddressesCommand({})),
    ec2.send(new DescribeInstancesCommand({ Filters: [{ Name: 'instance-state-name', Values: ['pending', 'running'] }] })),
    ec2.send(new DescribeVolumesCommand({})),
    ec2.send(new DescribeVpcsCommand(ours)),
    ec2.send(new DescribeSubnetsCommand(ours)),
    ec2.send(new DescribeSecurityGroupsCommand(ours)),
    ec2.send(new DescribeSecurityGroupRulesCommand({})),
  ]);
  const groupIds = new Set((groups.SecurityGroups ?? []).map(({ GroupId }) => GroupId));
  return {
    addresses: (addresses.Addresses ?? []).map(({ PublicIp }) => PublicIp ?? '').sort(),
    instances: (instances.Reservations ?? []).flatMap(({ Instances }) => Instances ?? []).length,
    volumes: (volumes.Volumes ?? []).map(({ Size, State, Attachments }) => `${Size} ${State} ${Attachments?.length}`).sort(),
    vpcs: (vpcs.Vpcs ?? []).length,
    subnets: (subnets.Subnets ?? []).length,
    groups: (groups.SecurityGroups ?? []).map(({ GroupName }) => GroupName ?? '').sort(),
    rules: (rules.SecurityGroupRules ?? [])
      .filter(({ GroupId }) => groupIds.has(GroupId))
      .map(({ IsEgress, IpProtocol, FromPort, ToPort, CidrIpv4 }) => `${IsEgress} ${IpProtocol} ${FromPort} ${ToPort} ${CidrIpv4}`)
      .sort(),
    gcp: Object.keys(readJson<{ resources: object }>(gcpState)?.resources ?? {})
      .map((id) => id.replace(givenId, '$1/...'))
      .sort(),
  };
}
