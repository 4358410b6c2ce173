/** Databases, caches, buckets, CloudWatch, secrets. */
import { Big } from '../../../../values/decimal.ts';
import { gbMonths, hours, type OfferRow, thousandRequests } from './row.ts';

const aurora = /^Aurora (MySQL|PostgreSQL)$/;
const auroraKind = (usagetype = '') => (usagetype.includes('IOOptimized') ? '(I/O-optimized)' : '(standard)');
const capacityUnits = ['ACU-Hr', 'ACU-hour', 'ACU-Hours'];

/**
 * Aurora, whose storage and requests are the same for both engines; and what its old versions and
 * those of others cost.
 */
const auroraRows: readonly OfferRow[] = [
  {
    family: 'Database Instance',
    where: { databaseEngine: aurora, usagetype: /^InstanceUsage(IOOptimized)?:/ },
    service: 'rds',
    item: ({ databaseEngine, instanceType, usagetype }) => `${databaseEngine} ${instanceType} ${auroraKind(usagetype)}`,
    ...hours,
  },
  {
    family: 'ServerlessV2',
    where: { databaseEngine: aurora, usagetype: /^Aurora:ServerlessV2(IOOptimized)?Usage$/ },
    service: 'rds',
    item: ({ databaseEngine, usagetype }) => `${databaseEngine} Serverless v2 ${auroraKind(usagetype)}`,
    unit: 'acu-hour',
    published: capacityUnits,
  },
  {
    family: 'Database Storage',
    where: { usagetype: /^Aurora:(IO-OptimizedStorageUsage|StorageUsage)$/ },
    service: 'rds',
    item: ({ usagetype }) => `Aurora storage ${usagetype?.includes('IO-Optimized') ? '(I/O-optimized)' : '(standard)'}`,
    ...gbMonths,
  },
  {
    family: 'System Operation',
    where: { usagetype: 'Aurora:StorageIOUsage' },
    service: 'rds',
    item: 'Aurora I/O (standard)',
    unit: 'request-million',
    published: ['IOs'],
    factor: Big('1000000'),
  },
  {
    family: 'RDS Extended Support',
    where: { usagetype: /^ExtendedSupport:Yr[1-3](-Yr2)?:(?!ASv2)/ },
    service: 'rds',
    item: ({ usagetype }) => `extended support, ${supportYears(usagetype)}`,
    unit: 'vcpu-hour',
    published: ['vCPU-Hours', 'vCPU-hour', 'vCPU-Hrs'],
  },
  {
    family: 'RDS Extended Support',
    where: { usagetype: /^(ASv2-ExtendedSupport:Yr[1-3](-Yr2)?|ExtendedSupport:Yr[1-3](-Yr2)?:ASv2)/ },
    service: 'rds',
    item: ({ usagetype }) => `extended support of serverless capacity, ${supportYears(usagetype)}`,
    unit: 'acu-hour',
    published: capacityUnits,
  },
];

const supportYears = (usagetype = '') => (usagetype.includes('Yr3') ? 'year 3' : 'years 1-2');

const ourEngine = /^(MySQL|PostgreSQL)$/;
export const rds: readonly OfferRow[] = [
  {
    family: 'Database Instance',
    where: { databaseEngine: ourEngine, deploymentOption: /^(Single|Multi)-AZ$/, usagetype: /^(InstanceUsage|Multi-AZUsage):/ },
    service: 'rds',
    item: ({ databaseEngine, instanceType, deploymentOption }) =>
      `${databaseEngine} ${instanceType} ${deploymentOption?.replace('S', 's').replace('M', 'm')}`,
    ...hours,
  },
  {
    family: 'Database Storage',
    where: { databaseEngine: ourEngine, usagetype: /^RDS:(Multi-AZ-)?GP3-Storage$/ },
    service: 'rds',
    item: ({ databaseEngine, usagetype }) => `${databaseEngine} gp3 storage ${usagetype?.includes('Multi-AZ') ? 'multi-AZ' : 'single-AZ'}`,
    ...gbMonths,
  },
  {
    family: 'Database Instance',
    where: { databaseEngine: ourEngine, deploymentOption: 'Multi-AZ (readable standbys)', usagetype: /^Multi-AZClusterUsage:/ },
    service: 'rds',
    item: ({ databaseEngine, instanceType }) => `${databaseEngine} ${instanceType} multi-AZ with two readable standbys`,
    ...hours,
  },
  ...auroraRows,
];

export const elasticache: readonly OfferRow[] = [
  {
    family: 'Cache Instance',
    where: { cacheEngine: /^(Redis|Valkey)$/, usagetype: /^NodeUsage:/ },
    service: 'elasticache',
    item: ({ cacheEngine, instanceType }) => `${cacheEngine === 'Redis' ? 'Redis OSS' : cacheEngine} ${instanceType}`,
    ...hours,
  },
];

export const s3: readonly OfferRow[] = [
  { family: 'Storage', where: { usagetype: 'TimedStorage-ByteHrs', volumeType: 'Standard' }, service: 's3', item: 'Standard', ...gbMonths },
  { family: 'API Request', where: { usagetype: 'Requests-Tier1' }, service: 's3', item: 'PUT, COPY, POST, LIST', ...thousandRequests },
  { family: 'API Request', where: { usagetype: 'Requests-Tier2' }, service: 's3', item: 'GET and others', ...thousandRequests },
];

export const cloudwatch: readonly OfferRow[] = (
  [
    ['Alarm', 'CW:AlarmMonitorUsage', 'standard alarm', 'alarm-month', ['Alarms']],
    ['Metric', 'CW:MetricMonitorUsage', 'custom metric', 'metric-month', ['Metrics']],
    ['Data Payload', 'DataProcessing-Bytes', 'logs ingestion (standard class)', 'gb', ['GB']],
    ['Data Payload', 'VendedLog-Bytes', 'vended logs (flow logs) to CloudWatch', 'gb', ['GB']],
    ['Storage Snapshot', 'TimedStorage-ByteHrs', 'logs storage', 'gb-month', ['GB-Mo']],
  ] as const
).map(([family, usagetype, item, unit, published]) => ({ family, where: { usagetype }, service: 'cloudwatch', item, unit, published }));

export const secrets: readonly OfferRow[] = [
  {
    family: 'Secret',
    where: { usagetype: 'AWSSecretsManager-Secrets' },
    service: 'secretsmanager',
    item: 'secret',
    unit: 'secret-month',
    published: ['Secrets'],
  },
];
