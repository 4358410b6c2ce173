/** Cases of aws: how machines are bought, and what runs on them. */
import type { Json } from '../../../../../lib/inventory/resource.ts';
import { resource } from '../../books.ts';
import { type Case, gp3, traffic } from './case.ts';

const disk = (device: string, ebs: Readonly<Record<string, Json>> = { VolumeSize: 8, VolumeType: 'gp3' }) => ({
  DeviceName: device,
  Ebs: ebs,
});
const closed = resource('AWS::EC2::Subnet', {}, { id: 'Closed' });
const machine = { InstanceType: 'm7g.large', BlockDeviceMappings: [disk('/dev/xvda')], SubnetId: { ref: 'Closed' } };
const template = resource('AWS::EC2::LaunchTemplate', { LaunchTemplateData: machine }, { id: 'Template' });
const out = traffic('AWS::EC2::Instance');
const groupOut = traffic('AWS::AutoScaling::AutoScalingGroup');

const images: readonly (readonly [Readonly<Record<string, Json>>, string])[] = [
  [{ ImageId: '{{resolve:ssm:/aws/service/ami-windows-latest/Windows_Server-2022-English-Full-Base}}' }, 'm7g.large Windows'],
  [
    { ImageId: '{{resolve:ssm:/aws/service/ami-windows-latest/Windows_Server-2022-English-Full-SQL_2022_Web}}' },
    'm7g.large Windows with SQL Server',
  ],
  [{ ImageId: { ref: 'RedHatImage' } }, 'm7g.large RHEL'],
  [{ ImageId: { 'Fn::FindInMap': ['Images', { ref: 'AWS::Region' }, 'SUSE'] } }, 'm7g.large SUSE'],
  [{ ImageId: 'ami-1', UserData: { 'Fn::Base64': '<powershell>Get-Date</powershell>' } }, 'm7g.large Windows'],
  [{ ImageId: 'ami-1', UserData: { 'Fn::Base64': '#!/bin/bash' } }, 'm7g.large'],
];

const distributions: readonly (readonly [name: string, Readonly<Record<string, Json>>, Readonly<Record<string, string>>])[] = [
  ['all Spot', { OnDemandPercentageAboveBaseCapacity: 0 }, { Machine: '7300 hour ec2 m7g.large spot' }],
  ['all on demand by default', {}, { Machine: '7300 hour ec2 m7g.large' }],
  [
    'a base and a third of the rest, rounded up',
    { OnDemandBaseCapacity: 2, OnDemandPercentageAboveBaseCapacity: 33 },
    { Machine: '3650 hour ec2 m7g.large', 'Spot machine': '3650 hour ec2 m7g.large spot' },
  ],
  ['a base of more than there are', { OnDemandBaseCapacity: 20 }, { Machine: '7300 hour ec2 m7g.large' }],
];

const overrides: readonly (readonly [Json, Readonly<Record<string, string>>])[] = [
  [[{ InstanceType: 't4g.small' }], { Machine: '730 hour ec2 t4g.small' }],
  [[{ InstanceType: 't4g.small' }, { InstanceType: 'm7g.large' }], { Machine: '730 hour ec2 t4g.small' }],
  [
    [{ InstanceRequirements: { VCpuCount: { Min: 2 } } }],
    { Machine: '- InstanceRequirements choose the machine type, which is known only after the deployment' },
  ],
  [
    [{ InstanceType: 't4g.small', WeightedCapacity: '2' }],
    { Machine: '- its capacity is counted in weights, and how many machines make it up is known only after the deployment' },
  ],
];

const mixedGroup = (policy: Readonly<Record<string, Json>>, count: number) => ({
  MinSize: count,
  VPCZoneIdentifier: [{ ref: 'Closed' }],
  MixedInstancesPolicy: policy,
});
const specification = { LaunchTemplateSpecification: { LaunchTemplateId: { ref: 'Template' } } };

export const awsMarketCases: readonly Case[] = [
  ...images.map(([image, item]) => ({
    type: 'AWS::EC2::Instance',
    properties: { ...machine, ...image },
    beside: [closed],
    lines: { Machine: `730 hour ec2 ${item}`, 'Root disk storage': `8 ${gp3}`, 'Internet traffic out': out },
  })),
  ...distributions.map(([, distribution, lines]) => ({
    type: 'AWS::AutoScaling::AutoScalingGroup',
    properties: mixedGroup({ InstancesDistribution: distribution, LaunchTemplate: specification }, 10),
    beside: [template, closed],
    lines: { ...lines, 'Root disk storage': `80 ${gp3}`, 'Internet traffic out': groupOut },
  })),
  ...overrides.map(([Overrides, lines]) => ({
    type: 'AWS::AutoScaling::AutoScalingGroup',
    properties: mixedGroup({ LaunchTemplate: { ...specification, Overrides } }, 1),
    beside: [template, closed],
    lines: { ...lines, 'Root disk storage': `8 ${gp3}`, 'Internet traffic out': groupOut },
  })),
  {
    type: 'AWS::AutoScaling::AutoScalingGroup',
    properties: mixedGroup(
      {
        InstancesDistribution: { OnDemandPercentageAboveBaseCapacity: 0 },
        LaunchTemplate: { ...specification, Overrides: [{ InstanceType: 't4g.small' }, { InstanceType: 'm7g.large' }] },
      },
      1,
    ),
    beside: [template, closed],
    lines: {
      Machine: '- spot: it launches one of 2 machine types, and which is known only after the deployment',
      'Root disk storage': `8 ${gp3}`,
      'Internet traffic out': groupOut,
    },
  },
  {
    type: 'AWS::AutoScaling::AutoScalingGroup',
    properties: { MinSize: '0', LaunchConfigurationName: { ref: 'Nowhere' } },
    lines: { Machine: '0 hour ec2 ?', 'Root disk storage': '0 gb-month ebs gp3 storage' },
  },
  {
    type: 'AWS::AutoScaling::AutoScalingGroup',
    properties: { MinSize: 1, LaunchConfigurationName: { ref: 'Old' }, VPCZoneIdentifier: [{ ref: 'Closed' }] },
    usage: {
      'stack/It.internet-out-gb': '1',
      'stack/It.between-zones-gb': '2',
      'stack/It.other-region-gb': '3',
      'stack/It.cpu-credit-hours': '4',
      'stack/It.agent-metrics': '5',
    },
    beside: [
      closed,
      resource(
        'AWS::AutoScaling::LaunchConfiguration',
        {
          InstanceType: 'm7g.large',
          SpotPrice: '0.03',
          InstanceMonitoring: true,
          BlockDeviceMappings: [
            disk('/dev/xvda', { VolumeSize: 8, VolumeType: 'gp3', Iops: 4000, Throughput: 200 }),
            disk('/dev/sdb', { VolumeSize: 9, VolumeType: 'standard' }),
          ],
        },
        { id: 'Old' },
      ),
    ],
    lines: {
      Machine: '730 hour ec2 m7g.large spot',
      'Root disk storage': `8 ${gp3}`,
      'Root disk IOPS': '1000 iops-month ebs gp3 provisioned IOPS above 3000',
      'Root disk throughput': '75 mibps-month ebs gp3 provisioned throughput above 125 MiB/s',
      'Disk /dev/sdb storage': '9 gb-month ebs standard storage',
      'Disk /dev/sdb requests': '- the usage file does not say AWS::AutoScaling::AutoScalingGroup.io-requests-million',
      'Detailed monitoring': '7 metric-month cloudwatch custom metric',
      'Agent metrics': '5 metric-month cloudwatch custom metric',
      'Internet traffic out': '1 gb transfer internet out',
      'Traffic between zones': '2 gb transfer between availability zones, each direction',
      'Traffic to other regions': '3 gb transfer to another AWS region',
      'CPU credits': '4 vcpu-hour ec2 CPU credits',
    },
  },
  {
    type: 'AWS::EC2::Instance',
    properties: {
      ...machine,
      BlockDeviceMappings: [
        disk('/dev/sdf', { VolumeSize: 500, VolumeType: 'io1', Iops: 100 }),
        disk('/dev/sdg', { VolumeSize: 5, VolumeType: 'standard' }),
      ],
    },
    usage: { 'stack/It.io-requests-million': '3', 'stack/It.cpu-credit-hours': '4' },
    beside: [closed],
    lines: {
      Machine: '730 hour ec2 m7g.large',
      'Root disk storage': '- the size of the root disk is what the image says',
      'Disk /dev/sdf storage': '500 gb-month ebs io1 storage',
      'Disk /dev/sdf IOPS': '100 iops-month ebs io1 provisioned IOPS',
      'Disk /dev/sdg storage': '5 gb-month ebs standard storage',
      'Disk /dev/sdg requests': '3 request-million ebs standard I/O requests',
      'Internet traffic out': out,
      'CPU credits': '4 vcpu-hour ec2 CPU credits',
    },
  },
  {
    type: 'AWS::EC2::Volume',
    properties: { Size: 10, VolumeType: 'standard' },
    usage: { 'AWS::EC2::Volume.io-requests-million': '2' },
    lines: { Storage: '10 gb-month ebs standard storage', Requests: '2 request-million ebs standard I/O requests' },
  },
];
