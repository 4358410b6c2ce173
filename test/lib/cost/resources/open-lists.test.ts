/**
 * A list that a template leaves to the deployment, as a whole or in one member, is unknown with its
 * reason: it is never taken for an empty one.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { BilledResource } from '../../../../lib/cost/component.ts';
import { modelOf } from '../../../../lib/cost/resources/registry.ts';
import type { Json } from '../../../../lib/inventory/resource.ts';
import { resource, usage } from '../books.ts';
import { day } from '../day.ts';

interface Row {
  readonly type: string;
  /** As the model names it. */
  readonly path: string;
  readonly properties: (list: Json) => Readonly<Record<string, Json>>;
  readonly beside?: (list: Json) => readonly BilledResource[];
  /** What a member is like; by default a reference, so that a member that is one is not open. */
  readonly member?: Json;
  readonly usage?: Readonly<Record<string, string>>;
}

const own = (type: string, path: string, others: Readonly<Record<string, Json>> = {}, member?: Json): Row => ({
  type,
  path,
  properties: (list) => ({ ...others, [path]: list }),
  ...(member !== undefined && { member }),
});

const nic = { AssociatePublicIpAddress: false };
const machine = { InstanceType: 'm7g.large', BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { VolumeSize: 8 } }] };
const bootDisk = { initializeParams: { size: 10 } };
const gce = { machineType: 'e2-small', bootDisk };
const task = { TaskDefinition: { ref: 'Task' } };
const fargate = { CapacityProvider: 'FARGATE', Weight: 1 };
const taskDefinition = (list: Json) => resource('AWS::ECS::TaskDefinition', { Cpu: '256', RequiresCompatibilities: list }, { id: 'Task' });
const override = { InstanceType: 'm7g.xlarge' };
const launchData = {
  InstanceType: 'm7g.large',
  NetworkInterfaces: [nic],
  BlockDeviceMappings: machine.BlockDeviceMappings,
};
const groups = ['instanceGroupManager:InstanceGroupManager', 'regionInstanceGroupManager:RegionInstanceGroupManager'];
const addressBeside = (holder: string) => ({
  type: 'gcp:compute/address:Address',
  properties: () => ({}),
  beside: (properties: Readonly<Record<string, Json>>) => [resource(holder, properties, { id: 'Holder' })],
});
const natAddress = addressBeside('gcp:compute/routerNat:RouterNat');
const machineAddress = addressBeside('gcp:compute/instance:Instance');

const rows: readonly Row[] = [
  own('AWS::ElastiCache::ReplicationGroup', 'NodeGroupConfiguration', { CacheNodeType: 'cache.t4g.small' }, { ReplicaCount: 2 }),
  own(
    'AWS::EC2::Instance',
    'BlockDeviceMappings',
    { ...machine, NetworkInterfaces: [nic] },
    { DeviceName: '/dev/sdb', Ebs: { VolumeSize: 500 } },
  ),
  own('AWS::EC2::Instance', 'NetworkInterfaces', machine, nic),
  own('AWS::AutoScaling::AutoScalingGroup', 'VPCZoneIdentifier', { ...launchData, MinSize: 1, NetworkInterfaces: [] }),
  {
    type: 'AWS::AutoScaling::AutoScalingGroup',
    path: 'LaunchTemplate.Overrides',
    properties: (list) => ({
      MinSize: 2,
      MixedInstancesPolicy: {
        LaunchTemplate: { LaunchTemplateSpecification: { LaunchTemplateId: { ref: 'Template' } }, Overrides: list },
        InstancesDistribution: { OnDemandBaseCapacity: 2 },
      },
    }),
    beside: () => [resource('AWS::EC2::LaunchTemplate', { LaunchTemplateData: launchData }, { id: 'Template' })],
    member: override,
  },
  own('AWS::ECS::Service', 'CapacityProviderStrategy', task, fargate),
  {
    type: 'AWS::ECS::Service',
    path: 'DefaultCapacityProviderStrategy',
    properties: () => ({ ...task, Cluster: { ref: 'Cluster' } }),
    beside: (list) => [resource('AWS::ECS::Cluster', { DefaultCapacityProviderStrategy: list }, { id: 'Cluster' })],
    member: fargate,
  },
  {
    type: 'AWS::ECS::Service',
    path: 'RequiresCompatibilities',
    properties: () => ({ ...task, Cluster: { ref: 'NotHere' } }),
    beside: (list) => [taskDefinition(list)],
    member: 'FARGATE',
  },
  own('AWS::ECS::Cluster', 'ClusterSettings', {}, { Name: 'containerInsights', Value: 'enabled' }),
  own('AWS::ElasticLoadBalancingV2::LoadBalancer', 'Subnets'),
  own('AWS::ElasticLoadBalancingV2::LoadBalancer', 'SubnetMappings', {}, { SubnetId: 'a' }),
  own('AWS::ElasticLoadBalancing::LoadBalancer', 'Subnets'),
  own('AWS::ElasticLoadBalancing::LoadBalancer', 'AvailabilityZones'),
  own('AWS::CloudWatch::Alarm', 'Metrics', {}, { MetricStat: {} }),
  {
    ...own('AWS::CloudWatch::Alarm', 'Dimensions', { Namespace: 'CWAgent', MetricName: 'mem' }, { Name: 'InstanceId', Value: 'i-1' }),
    usage: { 'AWS::EC2::Instance.agent-metrics': '5' },
    beside: () => [resource('AWS::EC2::Instance', {}, { id: 'Host' })],
  },
  own('AWS::Cognito::UserPoolClient', 'AllowedOAuthFlows', {}, 'client_credentials'),
  own('AWS::Events::Rule', 'Targets', {}, { EcsParameters: {} }),
  own('AWS::RDS::DBInstance', 'EnableCloudwatchLogsExports', { Engine: 'mysql', DBInstanceClass: 'db.t4g.small' }),
  own('AWS::EC2::VPCEndpoint', 'SubnetIds', { VpcEndpointType: 'Interface' }),
  own('AWS::SecretsManager::Secret', 'ReplicaRegions'),
  own('gcp:compute/instance:Instance', 'networkInterfaces', gce, { accessConfigs: [{}] }),
  {
    type: 'gcp:compute/instance:Instance',
    path: 'accessConfigs',
    properties: (list) => ({ ...gce, networkInterfaces: [{ accessConfigs: list }] }),
  },
  own('gcp:compute/instance:Instance', 'guestAccelerators', gce, { type: 'nvidia-tesla-t4', count: 1 }),
  own('gcp:compute/instance:Instance', 'scratchDisks', gce),
  ...groups.map((name) => ({
    type: `gcp:compute/${name}`,
    path: 'disks',
    properties: () => ({ targetSize: 1, versions: [{ instanceTemplate: { ref: 'Template' } }] }),
    beside: (list: Json) => [
      resource('gcp:compute/instanceTemplate:InstanceTemplate', { machineType: 'e2-small', disks: list }, { id: 'Template' }),
    ],
    member: { diskSizeGb: 500 },
  })),
  ...groups.map((name) => own(`gcp:compute/${name}`, 'versions', { targetSize: 1 }, { instanceTemplate: { ref: 'Template' } })),
  { ...natAddress, path: 'natIps', beside: (list) => natAddress.beside({ natIpAllocateOption: 'MANUAL_ONLY', natIps: list }) },
  { ...natAddress, path: 'drainNatIps', beside: (list) => natAddress.beside({ natIps: [], drainNatIps: list }) },
  {
    ...machineAddress,
    path: 'networkInterfaces',
    beside: (list) => machineAddress.beside({ networkInterfaces: list }),
    member: { accessConfigs: [{}] },
  },
  { ...machineAddress, path: 'accessConfigs', beside: (list) => machineAddress.beside({ networkInterfaces: [{ accessConfigs: list }] }) },
];

/**
 * A reference, a condition that is open with and without something else, and the same for a member.
 */
function openLists({ member }: Row): readonly (readonly [string, Json])[] {
  const one: Json = member ?? { ref: 'One' };
  return [
    ['a parameter without a default', { ref: 'P' }],
    ['known only after the deployment', { ref: '' }],
    ['a condition, or nothing', { 'Fn::If': ['C', [one]] }],
    ['a condition, or another list', { 'Fn::If': ['C', [one], []] }],
    ['a function', { 'Fn::Split': [',', { ref: 'P' }] }],
    ['a member that is there on a condition', [{ 'Fn::If': ['C', one] }]],
    ...(member === undefined ? [] : ([['a member that is open', [{ 'Fn::If': ['C', one, { ref: 'P' }] }]]] as const)),
  ];
}

function reasonsOf({ type, properties, beside = () => [], usage: used = {} }: Row, list: Json): string[] {
  const it = resource(type, properties(list));
  const entries = usage(used);
  const lines = modelOf(type)?.components(it, { resources: [it, ...beside(list)], usage: (entry) => entries.get(entry), day }) ?? [];
  return lines.flatMap(({ quantity, reason }) => (quantity === undefined && reason ? [reason] : []));
}

describe.each(rows.map((row) => [`${row.type} ${row.path}`, row] as const))('%s', (_, row) => {
  it.each(openLists(row))('%s', (_how, list) => {
    const known = reasonsOf(row, [row.member ?? { ref: 'One' }]);
    expect(reasonsOf(row, list).filter((reason) => !known.includes(reason))).toContainEqual(
      expect.stringContaining('known only after the deployment'),
    );
  });
});

it('has every list that a model reads', () => {
  const folder = join(import.meta.dirname, '../../../../lib/cost/resources');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const texts = files.map((name) => readFileSync(join(folder, name), 'utf8'));
  const read = texts.flatMap((text) =>
    [...text.matchAll(/\.?\b(?:list|maps|members|length)\('([\w.]+)'\)/g)].flatMap(([, path]) => path ?? []),
  );
  const tried = new Set(rows.map(({ path }) => path));
  expect(read.length).toBeGreaterThan(20);
  expect([...new Set(read)].filter((path) => !tried.has(path))).toEqual([]);
});
