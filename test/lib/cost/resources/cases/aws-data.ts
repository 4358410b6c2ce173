/** Cases of aws: data. */
import { resource } from '../../books.ts';
import type { Case } from './case.ts';

export const awsDataCases: readonly Case[] = [
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
    type: 'AWS::RDS::DBCluster',
    properties: { Engine: 'postgres', DBClusterInstanceClass: 'db.m6gd.large', AllocatedStorage: 100, StorageType: 'io1', Iops: 1000 },
    usage: { 'AWS::RDS::DBCluster.extra-backup-gb': '0' },
    lines: {
      Machines: '730 hour rds PostgreSQL db.m6gd.large multi-AZ with two readable standbys',
      Storage: '100 gb-month rds PostgreSQL io1 storage multi-AZ with two readable standbys',
      IOPS: '1000 iops-month rds PostgreSQL io1 provisioned IOPS multi-AZ with two readable standbys',
      'Backups beyond the size of the storage': '0 gb-month rds backup storage',
    },
  },
  ...(
    [
      // Within what comes with the storage: nothing more to pay.
      [{ AllocatedStorage: 20, StorageType: 'gp3', Iops: 3000, StorageThroughput: 125 }, {}],
      [{ AllocatedStorage: 400, StorageType: 'gp3', Iops: 12_000, StorageThroughput: 500 }, {}],
      [
        { AllocatedStorage: 400, StorageType: 'gp3', Iops: 13_000, StorageThroughput: 600 },
        {
          IOPS: '1000 iops-month rds PostgreSQL gp3 provisioned IOPS above what is included single-AZ',
          Throughput: '100 mibps-month rds PostgreSQL gp3 provisioned throughput above what is included single-AZ',
        },
      ],
      [{ AllocatedStorage: 20, StorageType: 'io2', Iops: 1000 }, { IOPS: '1000 iops-month rds PostgreSQL io2 provisioned IOPS single-AZ' }],
      [
        { Engine: 'oracle-se2', AllocatedStorage: 20, StorageType: 'gp3', Iops: 4000 },
        { IOPS: '- how much of Iops comes with storage of this engine and size is not known' },
      ],
    ] as const
  ).map(([properties, lines]) => {
    const { Engine, AllocatedStorage, StorageType } = { Engine: 'postgres', ...properties };
    const engine = Engine === 'postgres' ? 'PostgreSQL' : Engine;
    return {
      type: 'AWS::RDS::DBInstance',
      properties: { Engine, EngineVersion: '16.3', DBInstanceClass: 'db.t4g.micro', ...properties },
      usage: { 'AWS::RDS::DBInstance.extra-backup-gb': '0' },
      lines: {
        Machine: `730 hour rds ${engine} db.t4g.micro single-AZ`,
        Storage: `${AllocatedStorage} gb-month rds ${engine} ${StorageType} storage single-AZ`,
        'Backups beyond the size of the storage': '0 gb-month rds backup storage',
        ...lines,
      },
    };
  }),
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
    type: 'AWS::S3::Bucket',
    usage: { 'AWS::S3::Bucket.stored-gb': '2', 'AWS::S3::Bucket.put-requests-1000': '1', 'AWS::S3::Bucket.get-requests-1000': '4' },
    lines: {
      Storage: '2 gb-month s3 Standard',
      'Writing requests': '1 request-1000 s3 PUT, COPY, POST, LIST',
      'Reading requests': '4 request-1000 s3 GET and others',
    },
  },
];
