/**
 * Cases of databases and caches of aws: what is billed only where a property asks for it or the
 * usage file says it.
 */
import { resource } from '../../books.ts';
import type { Case } from './case.ts';

const insights = { EnablePerformanceInsights: 'True', PerformanceInsightsRetentionPeriod: 31 };
const notSaid = (entry: string) => `- the usage file does not say ${entry}`;
const backups = { 'Backups beyond the size of the storage': '0 gb-month rds backup storage' };
const address = '730 hour ipv4 public IPv4 address, in use or idle';
const old = (Engine: string, EngineVersion: string) => ({ Engine, EngineVersion });

export const awsDatabaseCases: readonly Case[] = [
  {
    type: 'AWS::RDS::DBInstance',
    properties: {
      ...old('postgres', '16.4'),
      DBInstanceClass: 'db.t4g.micro',
      AllocatedStorage: 20,
      StorageType: 'standard',
      PubliclyAccessible: 'yes',
      ...insights,
    },
    usage: {
      'AWS::RDS::DBInstance.extra-backup-gb': '0',
      'AWS::RDS::DBInstance.io-requests-million': '3',
      'AWS::RDS::DBInstance.internet-out-gb': '4',
    },
    lines: {
      Machine: '730 hour rds PostgreSQL db.t4g.micro single-AZ',
      Storage: '20 gb-month rds PostgreSQL standard storage single-AZ',
      'I/O requests': '3 request-million rds standard I/O requests',
      'Performance Insights': '1 metric-month rds Performance Insights, longer retention',
      'Public IPv4 address': address,
      ...backups,
      'Internet traffic out': '4 gb transfer internet out',
    },
  },
  ...(
    [
      ['mysql', '5.7.44', 'year 3'],
      ['postgres', '11.22', 'year 3'],
      ['postgres', '12.4', 'years 1-2'],
      ['postgres', '14.4', undefined],
      ['aurora-postgresql', '12.16', undefined],
    ] as const
  ).map(([engine, version, years]) => ({
    type: 'AWS::RDS::DBInstance',
    properties: { ...old(engine, version), DBInstanceClass: 'db.t4g.medium', DBClusterIdentifier: { ref: 'Elsewhere' } },
    lines: {
      Machine: `730 hour rds ${{ mysql: 'MySQL', postgres: 'PostgreSQL', 'aurora-postgresql': 'Aurora PostgreSQL' }[engine]} db.t4g.medium (standard)`,
      ...((years ?? engine === 'aurora-postgresql') && {
        'Extended support': `1460 vcpu-hour rds extended support, ${years ?? 'years 1-2'}`,
      }),
    },
  })),
  {
    // A member takes engine and version from its cluster.
    type: 'AWS::RDS::DBInstance',
    properties: { DBInstanceClass: 'db.serverless', DBClusterIdentifier: { ref: 'Cluster' } },
    beside: [
      resource(
        'AWS::RDS::DBCluster',
        { ...old('aurora-postgresql', '13.9'), ServerlessV2ScalingConfiguration: { MinCapacity: 0.5 } },
        { id: 'Cluster' },
      ),
    ],
    lines: { 'Extended support': '365 acu-hour rds extended support of serverless capacity, years 1-2' },
  },
  {
    // A read replica is of the engine and the size of its source.
    type: 'AWS::RDS::DBInstance',
    properties: { DBInstanceClass: 'db.t4g.micro', SourceDBInstanceIdentifier: { ref: 'Source' } },
    beside: [resource('AWS::RDS::DBInstance', { ...old('postgres', '16.4'), AllocatedStorage: 30 }, { id: 'Source' })],
    usage: { 'AWS::RDS::DBInstance.extra-backup-gb': '0' },
    lines: {
      Machine: '730 hour rds PostgreSQL db.t4g.micro single-AZ',
      Storage: '30 gb-month rds PostgreSQL gp3 storage single-AZ',
      ...backups,
    },
  },
  {
    type: 'AWS::RDS::DBCluster',
    properties: {
      ...old('postgres', '13.4'),
      DBClusterInstanceClass: 'db.m6gd.large',
      AllocatedStorage: 100,
      StorageType: 'gp3',
      Iops: 13_000,
      StorageThroughput: 600,
      ...insights,
    },
    usage: { 'AWS::RDS::DBCluster.extra-backup-gb': '0', 'AWS::RDS::DBCluster.internet-out-gb': '4' },
    lines: {
      Machines: '730 hour rds PostgreSQL db.m6gd.large multi-AZ with two readable standbys',
      Storage: '100 gb-month rds PostgreSQL gp3 storage multi-AZ with two readable standbys',
      IOPS: '10000 iops-month rds PostgreSQL gp3 provisioned IOPS above what is included multi-AZ with two readable standbys',
      Throughput: '475 mibps-month rds PostgreSQL gp3 provisioned throughput above what is included multi-AZ with two readable standbys',
      'Extended support': '4380 vcpu-hour rds extended support, years 1-2',
      'Performance Insights': '1 metric-month rds Performance Insights, longer retention',
      ...backups,
      'Internet traffic out': '4 gb transfer internet out',
    },
  },
  {
    type: 'AWS::RDS::DBCluster',
    properties: { Engine: 'mysql', DBClusterInstanceClass: 'db.m6gd.large', AllocatedStorage: 100, StorageType: 'standard' },
    lines: {
      Machines: '730 hour rds MySQL db.m6gd.large multi-AZ with two readable standbys',
      Storage: '100 gb-month rds MySQL standard storage multi-AZ with two readable standbys',
      'I/O requests': notSaid('AWS::RDS::DBCluster.io-requests-million'),
      'Backups beyond the size of the storage': notSaid('AWS::RDS::DBCluster.extra-backup-gb'),
    },
  },
  ...(
    [
      ['two members take the least each', [{}, {}], '2920 acu-hour rds Aurora PostgreSQL Serverless v2 (standard)'],
      [
        'a member with a machine takes none',
        [{}, { DBInstanceClass: 'db.r7g.large' }],
        '1460 acu-hour rds Aurora PostgreSQL Serverless v2 (standard)',
      ],
    ] as const
  ).map(([, members, capacity]) => ({
    type: 'AWS::RDS::DBCluster',
    properties: { Engine: 'aurora-postgresql', ServerlessV2ScalingConfiguration: { MinCapacity: 2, MaxCapacity: 8 } },
    usage: {
      'stack/It.stored-gb': '1',
      'stack/It.requests-million': '2',
      'stack/It.extra-backup-gb': '3',
      'stack/It.backtrack-million': '4',
    },
    beside: members.map((member, at) =>
      resource(
        'AWS::RDS::DBInstance',
        { DBInstanceClass: 'db.serverless', DBClusterIdentifier: { ref: 'It' }, ...member },
        { id: `Member${at}` },
      ),
    ),
    lines: {
      'Serverless capacity': capacity,
      Storage: '1 gb-month rds Aurora storage (standard)',
      'I/O': '2 request-million rds Aurora I/O (standard)',
      'Aurora backups': '3 gb-month rds Aurora backup storage',
      Backtrack: '4 request-million rds Backtrack change records',
    },
  })),
  {
    type: 'AWS::ElastiCache::CacheCluster',
    properties: { Engine: 'redis', EngineVersion: '5.0.6', CacheNodeType: 'cache.t4g.micro', SnapshotRetentionLimit: 3 },
    usage: { 'AWS::ElastiCache::CacheCluster.backup-gb': '2' },
    lines: {
      Nodes: '730 hour elasticache Redis OSS cache.t4g.micro',
      'Extended support': '730 hour elasticache Redis OSS cache.t4g.micro extended support',
      Backups: '2 gb-month elasticache backup storage',
    },
  },
  {
    type: 'AWS::ElastiCache::ReplicationGroup',
    properties: {
      EngineVersion: '4.0.10',
      CacheNodeType: 'cache.t4g.micro',
      SnapshotRetentionLimit: '1',
      NodeGroupConfiguration: [{ ReplicaCount: 1 }, { ReplicaCount: 2 }],
    },
    lines: {
      Nodes: '3650 hour elasticache Redis OSS cache.t4g.micro',
      'Extended support': '3650 hour elasticache Redis OSS cache.t4g.micro extended support',
      Backups: notSaid('AWS::ElastiCache::ReplicationGroup.backup-gb'),
    },
  },
];
