/**
 * Cases of aws: what a template leaves to the deployment is unknown with its reason, and never
 * taken for a no.
 */
import type { Json } from '../../../../../lib/inventory/resource.ts';
import { resource } from '../../books.ts';
import { type Case, gp3, traffic } from './case.ts';

const open = { ref: 'P' };
const reason = (path: string, value: Json = open) => `- ${path} is ${JSON.stringify(value)}, which is known only after the deployment`;
const perhaps = { 'Fn::If': ['IsProd', 'b'] };
const task = resource('AWS::ECS::TaskDefinition', { Cpu: '1024', Memory: '2048', RuntimePlatform: open }, { id: 'Task' });
const disks = [{ DeviceName: '/dev/xvda', Ebs: { VolumeSize: 8, VolumeType: 'gp3' } }];

const pauses = '- it pauses while nothing asks it (MinCapacity 0); the usage file does not say AWS::RDS::DBCluster.acu-hours';
const storage = {
  Storage: '1 gb-month rds Aurora storage (standard)',
  'I/O': '1 request-million rds Aurora I/O (standard)',
};

export const awsUnreadCases: readonly Case[] = [
  {
    type: 'AWS::RDS::DBInstance',
    properties: {
      Engine: 'postgres',
      EngineVersion: '12.4',
      DBInstanceClass: 'db.t4g.micro',
      AllocatedStorage: 20,
      StorageType: 'gp3',
      MultiAZ: open,
    },
    usage: { 'AWS::RDS::DBInstance.extra-backup-gb': '0' },
    lines: {
      Machine: reason('MultiAZ'),
      Storage: reason('MultiAZ'),
      'Extended support': reason('MultiAZ'),
      'Backups beyond the size of the storage': '0 gb-month rds backup storage',
    },
  },
  {
    type: 'AWS::ECS::Service',
    properties: {
      LaunchType: 'FARGATE',
      TaskDefinition: { ref: 'Task' },
      NetworkConfiguration: { AwsvpcConfiguration: { AssignPublicIp: open } },
    },
    beside: [task],
    lines: {
      CPU: reason('RuntimePlatform.OperatingSystemFamily'),
      Memory: reason('RuntimePlatform.OperatingSystemFamily'),
      'Public IPv4 addresses': reason('NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp'),
    },
  },
  {
    type: 'AWS::ECS::Service',
    properties: { LaunchType: open, TaskDefinition: { ref: 'Task' } },
    beside: [task],
    lines: { CPU: reason('LaunchType'), Memory: reason('LaunchType') },
  },
  {
    type: 'AWS::ECS::Service',
    properties: { CapacityProviderStrategy: [{ CapacityProvider: open }], TaskDefinition: { ref: 'Task' } },
    beside: [task],
    lines: { CPU: reason('CapacityProvider'), Memory: reason('CapacityProvider') },
  },
  {
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    properties: { Subnets: open },
    usage: { 'stack/It.lcu-hours': '1' },
    lines: {
      'Load balancer': '730 hour elb ALB',
      'Capacity units': '1 hour elb ALB LCU',
      'Public IPv4 addresses': reason('Subnets'),
    },
  },
  {
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    properties: { Subnets: ['a', perhaps], Scheme: 'internet-facing' },
    usage: { 'stack/It.lcu-hours': '1' },
    lines: {
      'Load balancer': '730 hour elb ALB',
      'Capacity units': '1 hour elb ALB LCU',
      'Public IPv4 addresses': reason('Subnets', perhaps),
    },
  },
  {
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    properties: { Subnets: ['a'], Scheme: open },
    usage: { 'stack/It.lcu-hours': '1' },
    lines: {
      'Load balancer': '730 hour elb ALB',
      'Capacity units': '1 hour elb ALB LCU',
      'Public IPv4 addresses': reason('Scheme'),
    },
  },
  {
    type: 'AWS::EC2::VPCEndpoint',
    properties: { VpcEndpointType: open },
    usage: { 'stack/It.processed-gb': '1' },
    lines: { Endpoint: reason('VpcEndpointType'), 'Data processed': '1 gb vpc interface endpoint data processed' },
  },
  {
    type: 'AWS::EC2::VPCEndpoint',
    properties: { VpcEndpointType: 'Interface', SubnetIds: open },
    usage: { 'stack/It.processed-gb': '1' },
    lines: { Endpoint: reason('SubnetIds'), 'Data processed': '1 gb vpc interface endpoint data processed' },
  },
  { type: 'AWS::SSM::Parameter', properties: { Tier: open }, lines: { 'Advanced parameter': reason('Tier') } },
  {
    type: 'AWS::SecretsManager::Secret',
    properties: { ReplicaRegions: open },
    usage: { 'stack/It.requests-10k': '1' },
    lines: { Secret: reason('ReplicaRegions'), Calls: '1 request-10k secretsmanager API calls' },
  },
  {
    type: 'AWS::SQS::Queue',
    properties: { FifoQueue: open },
    usage: { 'stack/It.requests-million': '1' },
    lines: { Requests: reason('FifoQueue') },
  },
  {
    type: 'AWS::CloudWatch::Alarm',
    properties: { Namespace: 'AWS/EC2', Period: open },
    lines: { Alarm: reason('Period') },
  },
  {
    type: 'AWS::CloudWatch::Alarm',
    properties: { Namespace: open },
    lines: { Alarm: '1 alarm-month cloudwatch standard alarm', 'Custom metric': reason('Namespace') },
  },
  {
    type: 'AWS::Logs::LogGroup',
    properties: { LogGroupClass: open },
    usage: { 'stack/It.ingested-gb': '1', 'stack/It.stored-gb': '1' },
    lines: { 'Logs ingested': reason('LogGroupClass'), 'Logs kept': '1 gb-month cloudwatch logs storage' },
  },
  {
    type: 'AWS::EC2::Instance',
    properties: {
      InstanceType: 'm7g.large',
      BlockDeviceMappings: disks,
      Monitoring: open,
      InstanceMarketOptions: open,
      SubnetId: open,
    },
    lines: {
      Machine: reason('InstanceMarketOptions.MarketType'),
      'Root disk storage': `8 ${gp3}`,
      'Detailed monitoring': reason('Monitoring'),
      'Internet traffic out': traffic('AWS::EC2::Instance'),
      'Public IPv4 address': '- its subnet {"ref":"P"} is not in the plan, which says whether machines in it get an address',
    },
  },
  {
    type: 'AWS::RDS::DBCluster',
    properties: { Engine: 'aurora-postgresql', ServerlessV2ScalingConfiguration: { MinCapacity: 0, MaxCapacity: 8 } },
    usage: { 'stack/It.stored-gb': '1', 'stack/It.requests-million': '1' },
    lines: { 'Serverless capacity': pauses, ...storage },
  },
  {
    type: 'AWS::RDS::DBCluster',
    properties: { Engine: 'aurora-postgresql', ServerlessV2ScalingConfiguration: { MinCapacity: 0, MaxCapacity: 8 } },
    usage: { 'stack/It.stored-gb': '1', 'stack/It.requests-million': '1', 'stack/It.acu-hours': '0' },
    lines: { 'Serverless capacity': '0 acu-hour rds Aurora PostgreSQL Serverless v2 (standard)', ...storage },
  },
  {
    type: 'AWS::RDS::DBInstance',
    properties: { DBInstanceClass: 'db.serverless', DBClusterIdentifier: { ref: 'Paused' } },
    beside: [
      resource(
        'AWS::RDS::DBCluster',
        { Engine: 'aurora-postgresql', EngineVersion: '12.16', ServerlessV2ScalingConfiguration: { MinCapacity: 0 } },
        { id: 'Paused' },
      ),
    ],
    lines: { 'Extended support': pauses },
  },
];
