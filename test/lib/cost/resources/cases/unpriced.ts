/**
 * Cases of settings that are billed and have no price in the book: each has a line without an
 * amount.
 */
import type { Json } from '../../../../../lib/inventory/resource.ts';
import { resource } from '../../books.ts';
import { type Case, gp3, traffic } from './case.ts';

const disks = [{ DeviceName: '/dev/xvda', Ebs: { VolumeSize: 8, VolumeType: 'gp3' } }];
const template = {
  LaunchTemplateName: 'web',
  LaunchTemplateData: { InstanceType: 't4g.small', BlockDeviceMappings: disks, NetworkInterfaces: [{ AssociatePublicIpAddress: false }] },
};
const machineOf = (lines: Case['lines']) => ({
  'Root disk storage': `8 ${gp3}`,
  'Internet traffic out': traffic('AWS::EC2::Instance'),
  ...lines,
});
const confidential = {
  machineType: 'n2d-standard-2',
  confidentialInstanceConfig: { confidentialInstanceType: 'SEV' },
  networkPerformanceConfig: { totalEgressBandwidthTier: 'TIER_1' },
};
const noAddress = { NetworkInterfaces: [{ AssociatePublicIpAddress: false }] };
const bootDisk = '- the size of the boot disk is what the image says';
const gcpTraffic = traffic('gcp:compute/instance:Instance');

/** Logs that a database writes into groups of their own. */
const writtenLogs: readonly (readonly [Readonly<Record<string, Json>>, Case['lines']])[] = [
  [
    { MonitoringInterval: 1 },
    {
      'Enhanced monitoring':
        '- enhanced monitoring is billed as the logs that it writes to the log group RDSOSMetrics, which no template has',
    },
  ],
  [{ MonitoringInterval: 0, EnableCloudwatchLogsExports: [] }, {}],
  [
    { EnableCloudwatchLogsExports: ['error'] },
    { 'Exported logs': '- exported logs are billed by their size, in log groups of their own, which no template has' },
  ],
];

export const unpricedCases: readonly Case[] = [
  ...writtenLogs.map(([properties, lines]) => ({
    type: 'AWS::RDS::DBCluster',
    properties: { Engine: 'aurora-mysql', EngineVersion: '8.0.mysql_aurora.3.08.0', ...properties },
    usage: { 'stack/It.stored-gb': '1', 'stack/It.requests-million': '1' },
    lines: {
      Storage: '1 gb-month rds Aurora storage (standard)',
      'I/O': '1 request-million rds Aurora I/O (standard)',
      ...lines,
    },
  })),
  ...writtenLogs.map(([properties, lines]) => ({
    type: 'AWS::RDS::DBInstance',
    properties: {
      Engine: 'postgres',
      EngineVersion: '16.4',
      DBInstanceClass: 'db.m7g.large',
      AllocatedStorage: 100,
      StorageType: 'gp3',
      ...properties,
    },
    usage: { 'AWS::RDS::DBInstance.extra-backup-gb': '0' },
    lines: {
      Machine: '730 hour rds PostgreSQL db.m7g.large single-AZ',
      Storage: '100 gb-month rds PostgreSQL gp3 storage single-AZ',
      ...lines,
      'Backups beyond the size of the storage': '0 gb-month rds backup storage',
    },
  })),
  {
    type: 'AWS::RDS::DBInstance',
    properties: {
      Engine: 'postgres',
      EngineVersion: '16.4',
      DBInstanceClass: 'db.m7g.large',
      AllocatedStorage: 100,
      StorageType: 'gp3',
      DedicatedLogVolume: true,
      DatabaseInsightsMode: 'advanced',
    },
    usage: { 'AWS::RDS::DBInstance.extra-backup-gb': '0' },
    lines: {
      Machine: '730 hour rds PostgreSQL db.m7g.large single-AZ',
      Storage: '100 gb-month rds PostgreSQL gp3 storage single-AZ',
      'Database Insights': '- Database Insights in advanced mode is billed by the CPU or the ACU, and has no price in the book',
      'Dedicated log volume':
        '- a dedicated log volume is billed as storage with provisioned IOPS of its own, and has no price in the book',
      'Backups beyond the size of the storage': '0 gb-month rds backup storage',
    },
  },
  {
    type: 'AWS::RDS::DBCluster',
    properties: { Engine: 'aurora-mysql', DatabaseInsightsMode: 'advanced' },
    usage: { 'stack/It.stored-gb': '1', 'stack/It.requests-million': '1' },
    lines: {
      Storage: '1 gb-month rds Aurora storage (standard)',
      'I/O': '1 request-million rds Aurora I/O (standard)',
      'Database Insights': '- Database Insights in advanced mode is billed by the CPU or the ACU, and has no price in the book',
    },
  },
  {
    type: 'AWS::EC2::Volume',
    properties: { SnapshotId: 'snap-1', Size: 1000, VolumeType: 'gp3', VolumeInitializationRate: 300 },
    lines: {
      Storage: `1000 ${gp3}`,
      Initialization: '- a rate of initialization is billed by the size of the snapshot, and has no price in the book',
    },
  },
  {
    type: 'AWS::EC2::Volume',
    properties: { Size: 10, VolumeType: 'io2', Iops: 40_000 },
    lines: {
      Storage: '10 gb-month ebs io2 storage',
      IOPS: '32000 iops-month ebs io2 provisioned IOPS',
      'IOPS above 32000': '8000 iops-month ebs io2 provisioned IOPS above 32000',
    },
  },
  {
    type: 'AWS::EC2::Volume',
    properties: { Size: 10, VolumeType: 'io1', Iops: 40_000 },
    lines: { Storage: '10 gb-month ebs io1 storage', IOPS: '40000 iops-month ebs io1 provisioned IOPS' },
  },
  {
    type: 'AWS::EC2::Instance',
    properties: {
      ...noAddress,
      InstanceType: 'm7g.large',
      Tenancy: 'dedicated',
      BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { VolumeSize: 8, VolumeType: 'gp3', VolumeInitializationRate: 300 } }],
    },
    lines: machineOf({
      Machine: '730 hour ec2 m7g.large dedicated',
      'Root disk initialization': '- a rate of initialization is billed by the size of the snapshot, and has no price in the book',
      'Dedicated fee': '- dedicated machines pay a fee by the hour in each region, which has no price in the book',
    }),
  },
  {
    type: 'AWS::EC2::Instance',
    properties: {
      ...noAddress,
      InstanceType: 'm7g.large',
      InstanceMarketOptions: { MarketType: 'capacity-block' },
      BlockDeviceMappings: disks,
    },
    lines: machineOf({ Machine: '730 hour ec2 m7g.large capacity-block' }),
  },
  {
    type: 'AWS::EC2::Instance',
    properties: { LaunchTemplate: { LaunchTemplateName: 'web', Version: '1' } },
    beside: [resource('AWS::EC2::LaunchTemplate', template, { id: 'Template' })],
    lines: machineOf({ Machine: '730 hour ec2 t4g.small' }),
  },
  {
    type: 'AWS::AutoScaling::AutoScalingGroup',
    properties: { MinSize: '1', LaunchTemplate: { LaunchTemplateName: 'own' } },
    beside: [
      resource(
        'AWS::EC2::LaunchTemplate',
        {
          LaunchTemplateName: 'own',
          LaunchTemplateData: {
            ...noAddress,
            InstanceType: 'm7g.large',
            Placement: { Tenancy: 'dedicated' },
            BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { VolumeSize: 8, VolumeType: 'gp3', VolumeInitializationRate: 300 } }],
          },
        },
        { id: 'Own' },
      ),
    ],
    lines: {
      Machine: '730 hour ec2 m7g.large dedicated',
      'Root disk storage': `8 ${gp3}`,
      'Root disk initialization': '- a rate of initialization is billed by the size of the snapshot, and has no price in the book',
      'Dedicated fee': '- dedicated machines pay a fee by the hour in each region, which has no price in the book',
      'Internet traffic out': traffic('AWS::AutoScaling::AutoScalingGroup'),
    },
  },
  ...['instanceGroupManager:InstanceGroupManager', 'regionInstanceGroupManager:RegionInstanceGroupManager'].map((name) => ({
    type: `gcp:compute/${name}`,
    properties: { targetSize: 1, versions: [{ instanceTemplate: { ref: 'template' } }] },
    beside: [
      resource('gcp:compute/instanceTemplate:InstanceTemplate', { ...confidential, disks: [{ diskSizeGb: 20 }] }, { id: 'template' }),
    ],
    lines: {
      Machine: '730 hour compute n2d-standard-2',
      'Boot disk': '20 gb-month disk pd-standard',
      'Confidential VM': '- a confidential machine costs more by the core and the GB, and has no price in the book',
      'Tier 1 networking': '- higher bandwidth is billed by the machine type, and has no price in the book',
      'Internet traffic out': traffic(`gcp:compute/${name}`),
    },
  })),
  { type: 'AWS::SSM::Parameter', properties: { Tier: 'Intelligent-Tiering', Value: 'x' }, lines: {} },
  {
    type: 'AWS::SSM::Parameter',
    properties: { Tier: 'Intelligent-Tiering', Value: 'x'.repeat(4097) },
    lines: { 'Advanced parameter': '1 parameter-month ssm advanced parameter' },
  },
  {
    type: 'AWS::SSM::Parameter',
    properties: { Tier: 'Intelligent-Tiering', Value: { ref: 'P' } },
    lines: { 'Advanced parameter': '- Value is {"ref":"P"}, which is known only after the deployment' },
  },
  {
    type: 'gcp:compute/instance:Instance',
    properties: confidential,
    lines: {
      Machine: '730 hour compute n2d-standard-2',
      'Boot disk': bootDisk,
      'Confidential VM': '- a confidential machine costs more by the core and the GB, and has no price in the book',
      'Tier 1 networking': '- higher bandwidth is billed by the machine type, and has no price in the book',
      'Internet traffic out': gcpTraffic,
    },
  },
  {
    type: 'gcp:compute/instance:Instance',
    properties: { machineType: 'e2-small', desiredStatus: 'TERMINATED' },
    lines: { Machine: '0 hour compute e2-small', 'Boot disk': bootDisk, 'Internet traffic out': gcpTraffic },
  },
];
