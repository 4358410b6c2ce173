/** Databases, caches, buckets, CloudWatch, secrets. */
import { gbMonths, hours, type OfferRow, thousandRequests } from './row.ts';

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
