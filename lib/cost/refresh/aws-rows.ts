/**
 * Which product of which AWS offer file is which price of the book. A product is taken when its family and all its attributes
 * match; `usagetype` is compared without the region's prefix (`APN2-`). What has no row here is kept by hand.
 */
import { Big } from '../../values/decimal.ts';
import type { Unit } from '../component.ts';

export type Attributes = Readonly<Record<string, string>>;

export interface OfferRow {
  readonly family: string;
  readonly where: Readonly<Record<string, string | RegExp>>;
  readonly service: string;
  readonly item: string | ((attributes: Attributes) => string);
  readonly unit: Unit;
  readonly published: readonly string[];
  readonly factor?: Big;
}

const hours = { unit: 'hour', published: ['Hrs', 'hours', 'Hours'] } as const;
const gb = { unit: 'gb', published: ['GB', 'Quantity'] } as const;
const gbMonths = { unit: 'gb-month', published: ['GB-Mo'] } as const;
const thousandRequests = { unit: 'request-1000', published: ['Requests', 'API Calls'], factor: Big('1000') } as const;

/** Linux on demand on shared hardware, without software that somebody else sells. */
const plainLinux = {
  operatingSystem: 'Linux',
  tenancy: 'Shared',
  preInstalledSw: 'NA',
  capacitystatus: 'Used',
  marketoption: 'OnDemand',
  operation: 'RunInstances',
  usagetype: /^BoxUsage:/,
};

const ec2: readonly OfferRow[] = [
  { family: 'Compute Instance', where: plainLinux, service: 'ec2', item: ({ instanceType = '' }) => instanceType, ...hours },
  { family: 'Storage', where: { usagetype: 'EBS:VolumeUsage.gp3' }, service: 'ebs', item: 'gp3 storage', ...gbMonths },
  { family: 'Storage', where: { usagetype: 'EBS:VolumeUsage.gp2' }, service: 'ebs', item: 'gp2 storage', ...gbMonths },
  {
    family: 'System Operation',
    where: { usagetype: 'EBS:VolumeP-IOPS.gp3' },
    service: 'ebs',
    item: 'gp3 provisioned IOPS above 3000',
    unit: 'iops-month',
    published: ['IOPS-Mo'],
  },
  {
    family: 'Provisioned Throughput',
    where: { usagetype: 'EBS:VolumeP-Throughput.gp3' },
    service: 'ebs',
    item: 'gp3 provisioned throughput above 125 MiB/s',
    unit: 'mibps-month',
    published: ['GiBps-mo'],
    factor: Big('1').div('1024'),
  },
  { family: 'Storage Snapshot', where: { usagetype: 'EBS:SnapshotUsage' }, service: 'ebs', item: 'snapshot standard', ...gbMonths },
  { family: 'NAT Gateway', where: { usagetype: 'NatGateway-Hours' }, service: 'nat', item: 'NAT gateway', ...hours },
  { family: 'NAT Gateway', where: { usagetype: 'NatGateway-Bytes' }, service: 'nat', item: 'NAT gateway data processed', ...gb },
];

const vpc: readonly OfferRow[] = [
  {
    family: 'VPC Public IPv4 Address',
    where: { usagetype: /^PublicIPv4:(InUse|Idle)Address$/ },
    service: 'ipv4',
    item: 'public IPv4 address, in use or idle',
    ...hours,
  },
];

/** `LoadBalancerUsage` is the usage of all three kinds: only the family tells them apart. */
const elb: readonly OfferRow[] = (
  [
    ['Load Balancer-Application', 'ALB', 'ALB LCU'],
    ['Load Balancer-Network', 'NLB', 'NLB NLCU'],
    ['Load Balancer', 'classic load balancer', undefined],
  ] as const
).flatMap(([family, hour, capacity]) => [
  { family, where: { usagetype: 'LoadBalancerUsage' }, service: 'elb', item: hour, ...hours },
  ...(capacity
    ? [
        {
          family,
          where: { usagetype: 'LCUUsage' },
          service: 'elb',
          item: capacity,
          unit: 'hour' as const,
          published: ['LCU-Hrs', 'NLCU-Hrs'],
        },
      ]
    : []),
]);

const ourEngine = /^(MySQL|PostgreSQL)$/;
const rds: readonly OfferRow[] = [
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

const elasticache: readonly OfferRow[] = [
  {
    family: 'Cache Instance',
    where: { cacheEngine: /^(Redis|Valkey)$/, usagetype: /^NodeUsage:/ },
    service: 'elasticache',
    item: ({ cacheEngine, instanceType }) => `${cacheEngine === 'Redis' ? 'Redis OSS' : cacheEngine} ${instanceType}`,
    ...hours,
  },
];

const fargate: readonly OfferRow[] = (
  [
    ['Fargate-vCPU-Hours:perCPU', 'x86 vCPU', 'hour'],
    ['Fargate-GB-Hours', 'x86 memory', 'gb-hour'],
    ['Fargate-ARM-vCPU-Hours:perCPU', 'ARM vCPU', 'hour'],
    ['Fargate-ARM-GB-Hours', 'ARM memory', 'gb-hour'],
  ] as const
).map(([usagetype, item, unit]) => ({
  family: 'Compute',
  where: { usagetype },
  service: 'fargate',
  item,
  unit,
  published: [...hours.published, 'vCPU-Hours', 'GB-Hours'],
}));

const s3: readonly OfferRow[] = [
  { family: 'Storage', where: { usagetype: 'TimedStorage-ByteHrs', volumeType: 'Standard' }, service: 's3', item: 'Standard', ...gbMonths },
  { family: 'API Request', where: { usagetype: 'Requests-Tier1' }, service: 's3', item: 'PUT, COPY, POST, LIST', ...thousandRequests },
  { family: 'API Request', where: { usagetype: 'Requests-Tier2' }, service: 's3', item: 'GET and others', ...thousandRequests },
];

const cloudwatch: readonly OfferRow[] = (
  [
    ['Alarm', 'CW:AlarmMonitorUsage', 'standard alarm', 'alarm-month', ['Alarms']],
    ['Metric', 'CW:MetricMonitorUsage', 'custom metric', 'metric-month', ['Metrics']],
    ['Data Payload', 'DataProcessing-Bytes', 'logs ingestion (standard class)', 'gb', ['GB']],
    ['Data Payload', 'VendedLog-Bytes', 'vended logs (flow logs) to CloudWatch', 'gb', ['GB']],
    ['Storage Snapshot', 'TimedStorage-ByteHrs', 'logs storage', 'gb-month', ['GB-Mo']],
  ] as const
).map(([family, usagetype, item, unit, published]) => ({ family, where: { usagetype }, service: 'cloudwatch', item, unit, published }));

const secrets: readonly OfferRow[] = [
  {
    family: 'Secret',
    where: { usagetype: 'AWSSecretsManager-Secrets' },
    service: 'secretsmanager',
    item: 'secret',
    unit: 'secret-month',
    published: ['Secrets'],
  },
];

const transfer: readonly OfferRow[] = [
  {
    family: 'Data Transfer',
    where: { transferType: 'AWS Outbound', usagetype: 'DataTransfer-Out-Bytes' },
    service: 'transfer',
    item: 'internet out',
    ...gb,
  },
  {
    family: 'Data Transfer',
    where: { transferType: 'IntraRegion', usagetype: 'DataTransfer-Regional-Bytes' },
    service: 'transfer',
    item: 'between availability zones, each direction',
    ...gb,
  },
];

const byOffer: Readonly<Record<string, readonly OfferRow[]>> = {
  AmazonEC2: ec2,
  AmazonVPC: vpc,
  AWSELB: elb,
  AmazonRDS: rds,
  AmazonElastiCache: elasticache,
  AmazonECS: fargate,
  AmazonS3: s3,
  AmazonCloudWatch: cloudwatch,
  AWSSecretsManager: secrets,
  AWSDataTransfer: transfer,
};

/** The offer files that hold prices of the book. */
export const offers = Object.keys(byOffer);

export function rowsOf(offer: string): readonly OfferRow[] {
  return byOffer[offer] ?? [];
}
