/** Cases of aws: compute. */
import { resource } from '../../books.ts';
import { type Case, gp3, traffic } from './case.ts';

const address = '730 hour ipv4 public IPv4 address, in use or idle';
const noSubnet = '- it names no subnet, and that of a default VPC gives an address unless it was changed';
const disks = [{ DeviceName: '/dev/xvda', Ebs: { VolumeSize: 8, VolumeType: 'gp3' } }];
const data = { InstanceType: 'c7g.large', BlockDeviceMappings: disks };
const template = resource('AWS::EC2::LaunchTemplate', { LaunchTemplateData: data }, { id: 'Template' });
const subnets = [
  resource('AWS::EC2::Subnet', { MapPublicIpOnLaunch: true }, { id: 'Open' }),
  resource('AWS::EC2::Subnet', {}, { id: 'Closed' }),
];
/** Two machines of the template. */
const group = {
  Machine: '1460 hour ec2 c7g.large',
  'Root disk storage': `16 ${gp3}`,
  'Internet traffic out': traffic('AWS::AutoScaling::AutoScalingGroup'),
};

const dedicatedFee = '- dedicated machines pay a fee by the hour in each region, which has no price in the book';

export const awsComputeCases: readonly Case[] = [
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
    usage: { 'AWS::EC2::Instance.internet-out-gb': '20', 'AWS::EC2::Instance.agent-metrics': '5' },
    lines: {
      Machine: '730 hour ec2 m7g.large',
      'Root disk storage': `30 ${gp3}`,
      'Disk /dev/sdb storage': `5 ${gp3}`,
      'Detailed monitoring': '7 metric-month cloudwatch custom metric',
      'Agent metrics': '5 metric-month cloudwatch custom metric',
      'Internet traffic out': '20 gb transfer internet out',
      'Public IPv4 address': noSubnet,
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
    lines: { ...group, 'Public IPv4 addresses': noSubnet },
  },
  {
    type: 'AWS::AutoScaling::AutoScalingGroup',
    properties: { MinSize: '2', LaunchTemplate: { LaunchTemplateId: { ref: 'Public' } }, VPCZoneIdentifier: [{ ref: 'Closed' }] },
    beside: [
      resource(
        'AWS::EC2::LaunchTemplate',
        { LaunchTemplateData: { ...data, NetworkInterfaces: [{ AssociatePublicIpAddress: true }] } },
        { id: 'Public' },
      ),
      ...subnets,
    ],
    lines: { ...group, 'Public IPv4 addresses': '1460 hour ipv4 public IPv4 address, in use or idle' },
  },
  ...(
    [
      [['Open', 'Open'], '1460 hour ipv4 public IPv4 address, in use or idle'],
      [['Closed'], undefined],
      [['Open', 'Closed'], '- some of its subnets give public addresses and some do not'],
    ] as const
  ).map(([ids, addresses]) => ({
    type: 'AWS::AutoScaling::AutoScalingGroup',
    properties: {
      DesiredCapacity: 2,
      LaunchTemplate: { LaunchTemplateId: { ref: 'Template' } },
      VPCZoneIdentifier: ids.map((ref) => ({ ref })),
    },
    beside: [template, ...subnets],
    lines: { ...group, ...(addresses && { 'Public IPv4 addresses': addresses }) },
  })),
  ...(
    [
      [{ Tenancy: 'dedicated' }, '730 hour ec2 m7g.large dedicated'],
      [{ Placement: { Tenancy: 'dedicated' } }, '730 hour ec2 m7g.large dedicated'],
      [{ Tenancy: 'host' }, '- it is on a dedicated host, which is billed instead of it and has no cost model'],
      [{ Tenancy: 'default' }, '730 hour ec2 m7g.large'],
    ] as const
  ).map(([tenancy, machine]) => ({
    type: 'AWS::EC2::Instance',
    properties: { InstanceType: 'm7g.large', BlockDeviceMappings: disks, SubnetId: { ref: 'Closed' }, ...tenancy },
    beside: subnets,
    lines: {
      Machine: machine,
      'Root disk storage': `8 ${gp3}`,
      ...(machine.endsWith('dedicated') && { 'Dedicated fee': dedicatedFee }),
      'Internet traffic out': traffic('AWS::EC2::Instance'),
    },
  })),
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
];
