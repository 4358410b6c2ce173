/** What each type is billed by. Every row of the table is here, so that none is there by name alone. */
import { describe, expect, it } from 'vitest';
import type { BilledResource } from '../../../../lib/cost/component.ts';
import { billedTypes, modelOf } from '../../../../lib/cost/models/table.ts';
import type { Json } from '../../../../lib/inventory/resource.ts';
import { big, resource, usage } from '../books.ts';

interface Case {
  readonly type: string;
  readonly properties?: Readonly<Record<string, Json>>;
  readonly usage?: Readonly<Record<string, string>>;
  readonly beside?: readonly BilledResource[];
  /** `quantity unit service item` by line, with `x share` behind it; `- because` where it is unknown. */
  readonly lines: Readonly<Record<string, string>>;
}

const traffic = (type: string) => `- the usage file does not say ${type}.internet-out-gb`;
const gp3 = 'gb-month ebs gp3 storage';
const address = '730 hour ipv4 public IPv4 address, in use or idle';
const t4 = { machineType: 'n1-standard-2', guestAccelerators: [{ type: 'nvidia-tesla-t4', count: 1 }], bootDisk: { source: 'boot' } };
const template = resource(
  'AWS::EC2::LaunchTemplate',
  {
    LaunchTemplateData: {
      InstanceType: 'c7g.large',
      BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { VolumeSize: 8, VolumeType: 'gp3' } }],
    },
  },
  { id: 'Template' },
);

const cases: readonly Case[] = [
  {
    type: 'AWS::EC2::Volume',
    properties: { Size: 50, VolumeType: 'gp3', Iops: 4000, Throughput: 250 },
    lines: {
      Storage: `50 ${gp3}`,
      IOPS: '1000 iops-month ebs gp3 provisioned IOPS above 3000',
      Throughput: '125 mibps-month ebs gp3 provisioned throughput above 125 MiB/s',
    },
  },
  { type: 'AWS::EC2::Volume', properties: { Size: 10 }, lines: { Storage: '10 gb-month ebs gp2 storage' } },
  {
    type: 'AWS::EC2::Volume',
    properties: { Size: 10, VolumeType: 'io2', Iops: 500 },
    lines: { Storage: '10 gb-month ebs io2 storage', IOPS: '500 iops-month ebs io2 provisioned IOPS' },
  },
  {
    type: 'AWS::EC2::Volume',
    properties: { Size: { ref: 'Size' } },
    lines: { Storage: '- Size is {"ref":"Size"}, which is known only after the deployment' },
  },
  {
    type: 'AWS::EC2::Instance',
    properties: {
      InstanceType: 'm7g.large',
      Monitoring: true,
      BlockDeviceMappings: [
        { DeviceName: '/dev/sda1', Ebs: { VolumeSize: 30, VolumeType: 'gp3' } },
        { DeviceName: '/dev/sdb', Ebs: { VolumeSize: 5, VolumeType: 'gp3' } },
      ],
    },
    usage: { 'AWS::EC2::Instance.internet-out-gb': '20' },
    lines: {
      Machine: '730 hour ec2 m7g.large',
      'Root disk storage': `30 ${gp3}`,
      'Disk /dev/sdb storage': `5 ${gp3}`,
      'Detailed monitoring': '7 metric-month cloudwatch custom metric',
      'Internet traffic out': '20 gb transfer internet out',
    },
  },
  {
    type: 'AWS::EC2::Instance',
    properties: { InstanceType: 't4g.small', InstanceMarketOptions: { MarketType: 'spot' }, SubnetId: { ref: 'Public' } },
    usage: { 'stack/It.hours': '100', 'stack/It.between-zones-gb': '40', 'stack/It.other-region-gb': '7' },
    beside: [resource('AWS::EC2::Subnet', { MapPublicIpOnLaunch: true }, { id: 'Public' })],
    lines: {
      Machine: '100 hour ec2 t4g.small spot',
      'Root disk storage': '- the size of the root disk is what the image says',
      'Internet traffic out': traffic('AWS::EC2::Instance'),
      'Traffic between zones': '40 gb transfer between availability zones, each direction',
      'Traffic to other regions': '7 gb transfer to another AWS region',
      'Public IPv4 address': address,
    },
  },
  {
    type: 'AWS::EC2::Instance',
    properties: { LaunchTemplate: { LaunchTemplateId: { ref: 'Template' } }, NetworkInterfaces: [{ AssociatePublicIpAddress: true }] },
    beside: [template, resource('AWS::EC2::EIPAssociation', { InstanceId: { ref: 'It' } }, { id: 'Association' })],
    lines: { Machine: '730 hour ec2 c7g.large', 'Root disk storage': `8 ${gp3}`, 'Internet traffic out': traffic('AWS::EC2::Instance') },
  },
  {
    type: 'AWS::AutoScaling::AutoScalingGroup',
    properties: { MinSize: '2', LaunchTemplate: { LaunchTemplateId: { ref: 'Template' } } },
    beside: [template],
    lines: {
      Machine: '1460 hour ec2 c7g.large',
      'Root disk storage': `16 ${gp3}`,
      'Internet traffic out': traffic('AWS::AutoScaling::AutoScalingGroup'),
    },
  },
  { type: 'AWS::EC2::EIP', lines: { 'Public IPv4 address': address } },
  {
    type: 'AWS::DLM::LifecyclePolicy',
    usage: { 'AWS::DLM::LifecyclePolicy.stored-gb': '6.4' },
    lines: { Snapshots: '6.4 gb-month ebs snapshot standard' },
  },
  {
    type: 'AWS::Backup::BackupVault',
    usage: { 'AWS::Backup::BackupVault.stored-gb': '6.4' },
    lines: { Backups: '6.4 gb-month backup EBS backup, warm' },
  },
  {
    type: 'AWS::EC2::NatGateway',
    usage: { 'AWS::EC2::NatGateway.processed-gb': '15' },
    lines: { 'NAT gateway': '730 hour nat NAT gateway', 'Data processed': '15 gb nat NAT gateway data processed' },
  },
  { type: 'AWS::EC2::VPCEndpoint', properties: { VpcEndpointType: 'Gateway' }, lines: {} },
  {
    type: 'AWS::EC2::VPCEndpoint',
    properties: { VpcEndpointType: 'Interface', SubnetIds: ['a', 'b'] },
    usage: { 'AWS::EC2::VPCEndpoint.processed-gb': '3' },
    lines: { Endpoint: '1460 hour vpc interface endpoint', 'Data processed': '3 gb vpc interface endpoint data processed' },
  },
  {
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    properties: { Subnets: ['a', 'b'], Scheme: 'internet-facing' },
    usage: { 'AWS::ElasticLoadBalancingV2::LoadBalancer.lcu-hours': '18.87' },
    lines: {
      'Load balancer': '730 hour elb ALB',
      'Capacity units': '18.87 hour elb ALB LCU',
      'Public IPv4 addresses': '1460 hour ipv4 public IPv4 address, in use or idle',
    },
  },
  {
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    properties: { Type: 'network', Subnets: ['a'], Scheme: 'internal' },
    usage: { 'stack/It.lcu-hours': '1' },
    lines: { 'Load balancer': '730 hour elb NLB', 'Capacity units': '1 hour elb NLB NLCU' },
  },
  {
    type: 'AWS::ElasticLoadBalancing::LoadBalancer',
    usage: { 'stack/It.processed-gb': '2' },
    lines: { 'Load balancer': '730 hour elb classic load balancer', 'Data processed': '2 gb elb classic load balancer data processed' },
  },
  {
    type: 'AWS::RDS::DBInstance',
    properties: {
      Engine: 'postgres',
      EngineVersion: '16.3',
      DBInstanceClass: 'db.t4g.micro',
      AllocatedStorage: '20',
      StorageType: 'gp3',
      MultiAZ: true,
    },
    usage: { 'AWS::RDS::DBInstance.extra-backup-gb': '0' },
    lines: {
      Machine: '730 hour rds PostgreSQL db.t4g.micro multi-AZ',
      Storage: '20 gb-month rds PostgreSQL gp3 storage multi-AZ',
      'Backups beyond the size of the storage': '0 gb-month rds backup storage',
    },
  },
  {
    type: 'AWS::RDS::DBInstance',
    properties: { Engine: 'mysql', EngineVersion: '8.0.39', DBInstanceClass: 'db.m7g.large', AllocatedStorage: 20, StorageType: 'gp3' },
    lines: {
      Machine: '730 hour rds MySQL db.m7g.large single-AZ',
      Storage: '20 gb-month rds MySQL gp3 storage single-AZ',
      'Extended support': '1460 vcpu-hour rds extended support, years 1-2',
      'Backups beyond the size of the storage': '- the usage file does not say AWS::RDS::DBInstance.extra-backup-gb',
    },
  },
  {
    type: 'AWS::RDS::DBInstance',
    properties: { Engine: 'aurora-postgresql', DBInstanceClass: 'db.r7g.large', DBClusterIdentifier: { ref: 'Cluster' } },
    beside: [resource('AWS::RDS::DBCluster', { StorageType: 'aurora-iopt1' }, { id: 'Cluster' })],
    lines: { Machine: '730 hour rds Aurora PostgreSQL db.r7g.large (I/O-optimized)' },
  },
  {
    type: 'AWS::RDS::DBInstance',
    properties: { Engine: 'aurora-postgresql', DBInstanceClass: 'db.serverless', DBClusterIdentifier: { ref: 'Cluster' } },
    lines: {},
  },
  {
    type: 'AWS::RDS::DBCluster',
    properties: { Engine: 'aurora-postgresql', ServerlessV2ScalingConfiguration: { MinCapacity: 0.5, MaxCapacity: 4 } },
    usage: { 'AWS::RDS::DBCluster.stored-gb': '5', 'AWS::RDS::DBCluster.requests-million': '0.9' },
    lines: {
      'Serverless capacity': '365 acu-hour rds Aurora PostgreSQL Serverless v2 (standard)',
      Storage: '5 gb-month rds Aurora storage (standard)',
      'I/O': '0.9 request-million rds Aurora I/O (standard)',
    },
  },
  {
    type: 'AWS::ElastiCache::CacheCluster',
    properties: { Engine: 'redis', CacheNodeType: 'cache.t4g.micro', NumCacheNodes: 1 },
    lines: { Nodes: '730 hour elasticache Redis OSS cache.t4g.micro' },
  },
  {
    type: 'AWS::ElastiCache::ReplicationGroup',
    properties: { Engine: 'valkey', CacheNodeType: 'cache.t4g.small', NumNodeGroups: 2, ReplicasPerNodeGroup: 1 },
    lines: { Nodes: '2920 hour elasticache Valkey cache.t4g.small' },
  },
  {
    type: 'AWS::ECS::Service',
    properties: {
      LaunchType: 'FARGATE',
      DesiredCount: 3,
      TaskDefinition: { ref: 'Task' },
      NetworkConfiguration: { AwsvpcConfiguration: { AssignPublicIp: 'ENABLED' } },
    },
    beside: [
      resource(
        'AWS::ECS::TaskDefinition',
        { Cpu: '256', Memory: '512', RuntimePlatform: { CpuArchitecture: 'ARM64' }, EphemeralStorage: { SizeInGiB: 30 } },
        { id: 'Task' },
      ),
    ],
    lines: {
      CPU: '547.5 hour fargate ARM vCPU',
      Memory: '1095 gb-hour fargate ARM memory',
      'Temporary storage': '21900 gb-hour fargate storage',
      'Public IPv4 addresses': '2190 hour ipv4 public IPv4 address, in use or idle',
    },
  },
  { type: 'AWS::ECS::Service', properties: { LaunchType: 'EC2', DesiredCount: 3 }, lines: {} },
  {
    type: 'AWS::ECS::Service',
    properties: { CapacityProviderStrategy: [{ CapacityProvider: 'FARGATE_SPOT' }], TaskDefinition: 'elsewhere:3' },
    lines: { CPU: '- its task definition is not in the plan', Memory: '- its task definition is not in the plan' },
  },
  { type: 'AWS::EKS::Cluster', lines: { 'Control plane': '730 hour eks cluster, standard support' } },
  {
    type: 'AWS::SQS::Queue',
    properties: { FifoQueue: true },
    usage: { 'AWS::SQS::Queue.requests-million': '3' },
    lines: { Requests: '3 request-million sqs FIFO queue' },
  },
  { type: 'AWS::SNS::Topic', usage: { 'stack/It.requests-million': '1' }, lines: { Publishing: '1 request-million sns standard topic' } },
  {
    type: 'AWS::CloudFront::Distribution',
    usage: { 'AWS::CloudFront::Distribution.internet-out-gb': '9', 'AWS::CloudFront::Distribution.requests-10k': '6' },
    lines: { 'Data out': '9 gb cloudfront data out', Requests: '6 request-10k cloudfront HTTPS requests' },
  },
  {
    type: 'AWS::S3::Bucket',
    usage: { 'AWS::S3::Bucket.stored-gb': '2', 'AWS::S3::Bucket.put-requests-1000': '1', 'AWS::S3::Bucket.get-requests-1000': '4' },
    lines: {
      Storage: '2 gb-month s3 Standard',
      'Writing requests': '1 request-1000 s3 PUT, COPY, POST, LIST',
      'Reading requests': '4 request-1000 s3 GET and others',
    },
  },
  {
    type: 'AWS::CloudWatch::Alarm',
    properties: { Namespace: 'AWS/EC2', MetricName: 'CPUUtilization' },
    lines: { Alarm: '1 alarm-month cloudwatch standard alarm' },
  },
  {
    type: 'AWS::CloudWatch::Alarm',
    properties: { Namespace: 'CWAgent', MetricName: 'mem_used_percent', Period: 10 },
    lines: { Alarm: '1 alarm-month cloudwatch high-resolution alarm', 'Custom metric': '1 metric-month cloudwatch custom metric' },
  },
  {
    type: 'AWS::CloudWatch::Alarm',
    properties: { Metrics: [{ MetricStat: {} }, { MetricStat: {} }, { Expression: 'ANOMALY_DETECTION_BAND(m1)' }] },
    lines: { Alarm: '2 alarm-month cloudwatch anomaly detection alarm' },
  },
  { type: 'AWS::CloudWatch::CompositeAlarm', lines: { Alarm: '1 alarm-month cloudwatch composite alarm' } },
  {
    type: 'AWS::Logs::LogGroup',
    usage: { 'AWS::Logs::LogGroup.ingested-gb': '3', 'AWS::Logs::LogGroup.stored-gb': '4' },
    lines: { 'Logs ingested': '3 gb cloudwatch logs ingestion (standard class)', 'Logs kept': '4 gb-month cloudwatch logs storage' },
  },
  {
    type: 'AWS::Logs::LogGroup',
    usage: { 'AWS::Logs::LogGroup.stored-gb': '4' },
    beside: [resource('AWS::EC2::FlowLog', { LogGroupName: { ref: 'It' } }, { id: 'Flow' })],
    lines: { 'Logs kept': '4 gb-month cloudwatch logs storage' },
  },
  {
    type: 'AWS::EC2::FlowLog',
    usage: { 'AWS::EC2::FlowLog.ingested-gb': '0.33' },
    lines: { 'Flow logs': '0.33 gb cloudwatch vended logs (flow logs) to CloudWatch' },
  },
  {
    type: 'AWS::SecretsManager::Secret',
    properties: { ReplicaRegions: [{ Region: 'us-east-1' }] },
    usage: { 'AWS::SecretsManager::Secret.requests-10k': '0.1' },
    lines: { Secret: '2 secret-month secretsmanager secret', Calls: '0.1 request-10k secretsmanager API calls' },
  },
  { type: 'AWS::SSM::Parameter', properties: {}, lines: {} },
  {
    type: 'AWS::SSM::Parameter',
    properties: { Tier: 'Advanced' },
    lines: { 'Advanced parameter': '1 parameter-month ssm advanced parameter' },
  },
  {
    type: 'AWS::KMS::Key',
    usage: { 'AWS::KMS::Key.requests-10k': '2' },
    lines: { Key: '1 key-month kms customer managed key', Requests: '2 request-10k kms requests' },
  },
  {
    type: 'gcp:compute/instance:Instance',
    properties: { ...t4, networkInterfaces: [{ accessConfigs: [{ natIp: { ref: 'ai-address' } }] }] },
    usage: { 'gcp:compute/instance:Instance.internet-out-gb': '1', 'stack/It.between-zones-gb': '2' },
    beside: [resource('gcp:compute/address:Address', {}, { id: 'ai-address' })],
    lines: {
      Cores: '1460 hour compute N1 predefined core',
      Memory: '5475 gb-hour compute N1 predefined RAM',
      'Sustained use of cores': '1460 hour compute N1 predefined core x -0.3',
      'Sustained use of memory': '5475 gb-hour compute N1 predefined RAM x -0.3',
      GPU: '730 hour gpu NVIDIA T4',
      'Sustained use of GPU': '730 hour gpu NVIDIA T4 x -0.3',
      'Internet traffic out': '1 gb egress internet, premium tier',
      'Traffic between zones': '2 gb transfer between zones of a region',
    },
  },
  {
    // Half a month: a quarter at the list price, a quarter at 80 % of it.
    type: 'gcp:compute/instance:Instance',
    properties: { ...t4, networkInterfaces: [{ accessConfigs: [{ networkTier: 'STANDARD' }] }] },
    usage: { 'stack/It.hours': '365' },
    lines: {
      Cores: '730 hour compute N1 predefined core',
      Memory: '2737.5 gb-hour compute N1 predefined RAM',
      'Sustained use of cores': '73 hour compute N1 predefined core x -1',
      'Sustained use of memory': '273.75 gb-hour compute N1 predefined RAM x -1',
      GPU: '365 hour gpu NVIDIA T4',
      'Sustained use of GPU': '36.5 hour gpu NVIDIA T4 x -1',
      'Internet traffic out': '- the usage file does not say gcp:compute/instance:Instance.internet-out-gb',
      'External IPv4 address': '730 hour ip external IPv4 in use on a standard VM',
    },
  },
  {
    type: 'gcp:compute/instance:Instance',
    properties: {
      ...t4,
      scheduling: { provisioningModel: 'SPOT' },
      bootDisk: { initializeParams: { size: 50, type: 'pd-ssd' } },
      scratchDisks: [{}],
    },
    lines: {
      Machine: '730 hour compute n1-standard-2 spot',
      GPU: '730 hour gpu NVIDIA T4 spot',
      'Boot disk': '50 gb-month disk pd-ssd',
      'Local SSD': '375 gb-month disk local SSD',
      'Internet traffic out': '- the usage file does not say gcp:compute/instance:Instance.internet-out-gb',
    },
  },
  {
    type: 'gcp:compute/instance:Instance',
    properties: { machineType: 'zones/asia-northeast3-b/machineTypes/g2-standard-4', guestAccelerators: [{ type: 'nvidia-l4', count: 1 }] },
    lines: {
      Machine: '730 hour compute g2-standard-4 (with one L4)',
      'Boot disk': '- the size of the boot disk is what the image says',
      'Internet traffic out': '- the usage file does not say gcp:compute/instance:Instance.internet-out-gb',
    },
  },
  ...['instanceGroupManager:InstanceGroupManager', 'regionInstanceGroupManager:RegionInstanceGroupManager'].map((name) => ({
    type: `gcp:compute/${name}`,
    properties: { targetSize: 2, versions: [{ instanceTemplate: { ref: 'template' } }] },
    beside: [
      resource(
        'gcp:compute/instanceTemplate:InstanceTemplate',
        { machineType: 'e2-medium', disks: [{ diskSizeGb: 20 }, { source: 'old' }] },
        { id: 'template' },
      ),
    ],
    usage: { [`gcp:compute/${name}.internet-out-gb`]: '5' },
    lines: {
      Machine: '1460 hour compute e2-medium',
      'Boot disk': '40 gb-month disk pd-standard',
      'Internet traffic out': '5 gb egress internet, premium tier',
    },
  })),
  { type: 'gcp:compute/disk:Disk', properties: { size: 100, type: 'pd-balanced' }, lines: { Storage: '100 gb-month disk pd-balanced' } },
  { type: 'gcp:compute/regionDisk:RegionDisk', properties: { size: 10 }, lines: { Storage: '10 gb-month disk regional pd-standard' } },
  { type: 'gcp:compute/snapshot:Snapshot', usage: { 'stack/It.stored-gb': '3' }, lines: { Snapshot: '3 gb-month disk standard snapshot' } },
  { type: 'gcp:compute/resourcePolicy:ResourcePolicy', properties: { groupPlacementPolicy: {} }, lines: {} },
  {
    type: 'gcp:compute/resourcePolicy:ResourcePolicy',
    properties: { snapshotSchedulePolicy: {} },
    usage: { 'gcp:compute/resourcePolicy:ResourcePolicy.stored-gb': '11.4' },
    lines: { Snapshots: '11.4 gb-month disk standard snapshot' },
  },
  { type: 'gcp:compute/address:Address', properties: { addressType: 'INTERNAL' }, lines: {} },
  { type: 'gcp:compute/address:Address', lines: { 'External IPv4 address': '730 hour ip static external IPv4 reserved but unused' } },
  {
    type: 'gcp:compute/address:Address',
    beside: [
      resource(
        'gcp:compute/instance:Instance',
        { networkInterfaces: [{ accessConfigs: [{ natIp: { ref: 'It', output: 'address' } }] }] },
        { id: 'vm' },
      ),
    ],
    lines: { 'External IPv4 address': '730 hour ip external IPv4 in use on a standard VM' },
  },
  {
    type: 'gcp:compute/globalAddress:GlobalAddress',
    beside: [resource('gcp:compute/globalForwardingRule:GlobalForwardingRule', { ipAddress: { ref: 'It' } }, { id: 'rule' })],
    lines: {},
  },
  {
    type: 'gcp:compute/globalAddress:GlobalAddress',
    lines: { 'External IPv4 address': '730 hour ip static external IPv4 reserved but unused' },
  },
  ...['forwardingRule:ForwardingRule', 'globalForwardingRule:GlobalForwardingRule'].map((name) => ({
    type: `gcp:compute/${name}`,
    usage: { 'stack/It.processed-gb': '4' },
    lines: { 'Forwarding rule': '730 hour load-balancing forwarding rule', 'Data processed': '4 gb load-balancing data processed' },
  })),
  {
    type: 'gcp:compute/routerNat:RouterNat',
    usage: { 'gcp:compute/routerNat:RouterNat.vm-hours': '730', 'gcp:compute/routerNat:RouterNat.processed-gb': '3' },
    lines: { Gateway: '730 vm-hour nat Cloud NAT gateway per VM, up to 32 VMs', 'Data processed': '3 gb nat Cloud NAT data processed' },
  },
  { type: 'gcp:compute/subnetwork:Subnetwork', lines: {} },
  {
    type: 'gcp:compute/subnetwork:Subnetwork',
    properties: { logConfig: {} },
    usage: { 'gcp:compute/subnetwork:Subnetwork.logged-gb': '0.1' },
    lines: { 'Flow logs': '0.1 gb logging Cloud Logging ingestion' },
  },
  { type: 'gcp:compute/firewall:Firewall', lines: {} },
  {
    type: 'gcp:compute/firewall:Firewall',
    properties: { logConfig: {} },
    usage: { 'gcp:compute/firewall:Firewall.logged-gb': '0.1' },
    lines: { 'Rule logs': '0.1 gb logging Cloud Logging ingestion' },
  },
  {
    type: 'gcp:storage/bucket:Bucket',
    usage: { 'stack/It.stored-gb': '7' },
    lines: { Storage: '7 gb-month storage GCS standard, regional' },
  },
  { type: 'gcp:secretmanager/secret:Secret', lines: { 'Secret version': '1 secret-month secretmanager active secret version' } },
  {
    type: 'runpod:serverless/endpoint:Endpoint',
    properties: { gpu: '24 GB', workers: { active: 2, flex: 3 } },
    usage: { 'runpod:serverless/endpoint:Endpoint.flex-seconds': '4500' },
    lines: {
      'Active workers': '5256000 second serverless 24 GB (L4, A5000, 3090) active',
      'Flex workers': '4500 second serverless 24 GB (L4, A5000, 3090) flex',
    },
  },
  {
    type: 'runpod:storage/networkVolume:NetworkVolume',
    properties: { size: 50 },
    lines: { Storage: '50 gb-month storage network volume' },
  },
  {
    type: 'runpod:pod/pod:Pod',
    properties: { gpu: 'L4 24 GB', disk: 20 },
    lines: { Machine: '730 hour pod L4 24 GB, on demand', Disk: '20 gb-month storage pod container or volume disk, running' },
  },
  {
    type: 'llm:model/hosted:Model',
    properties: { model: 'Claude Haiku 4.5' },
    usage: { 'llm:model/hosted:Model.input-mtok': '36', 'llm:model/hosted:Model.output-mtok': '12' },
    lines: { 'Input tokens': '36 mtok llm Claude Haiku 4.5 input', 'Output tokens': '12 mtok llm Claude Haiku 4.5 output' },
  },
];

describe('a model', () => {
  it.each(cases.map((each) => [each.type, each] as const))('%s', (type, { properties = {}, usage: used = {}, beside = [], lines }) => {
    const it = resource(type, properties);
    const entries = usage(used);
    const components = modelOf(type)?.components(it, { resources: [it, ...beside], usage: (entry) => entries.get(entry) }) ?? [];
    const told = components.map(({ name, quantity, unit, price: { service, item }, share, because }) => {
      const text = quantity ? `${quantity.toFixed()} ${unit} ${service} ${item}` : `- ${because}`;
      return [name, share ? `${text} x ${share.toFixed()}` : text];
    });
    expect(Object.fromEntries(told)).toEqual(lines);
    expect(new Set(components.map(({ name }) => name)).size).toBe(components.length);
  });

  it('is in the table under its own type, and is tried here', () => {
    expect(billedTypes.map((type) => modelOf(type)?.type)).toEqual(billedTypes);
    expect(billedTypes.filter((type) => !cases.some((each) => each.type === type))).toEqual([]);
  });
});

it('counts a metric that two alarms watch once', () => {
  const alarm = (id: string) => resource('AWS::CloudWatch::Alarm', { Namespace: 'CWAgent', MetricName: 'mem_used_percent' }, { id });
  const resources = [alarm('A'), alarm('B')];
  const names = resources.map((each) =>
    modelOf(each.type)
      ?.components(each, { resources, usage: () => big('0') })
      .map(({ name }) => name),
  );
  expect(names).toEqual([['Alarm', 'Custom metric'], ['Alarm']]);
});
