/** Which lines of a bill are which lines of the estimate. */
import type { PriceKey, Provider } from '../component.ts';
import type { SpendRow } from './spend.ts';

interface Component {
  readonly provider: Provider;
  readonly name: string;
  /** Lines of the estimate, by the names of the price book. */
  readonly estimated: (price: PriceKey) => boolean;
  /** Lines of the bill, by the cloud's own names. */
  readonly billed: (row: SpendRow) => boolean;
}

const of =
  (...services: readonly string[]) =>
  (price: PriceKey) =>
    services.includes(price.service);
const item = (service: string, names: RegExp) => (price: PriceKey) => price.service === service && names.test(price.item);
const what = (names: RegExp) => (row: SpendRow) => names.test(row.what);
const from = (service: string) => (row: SpendRow) => row.service === service;

/**
 * AWS names usage types `APN2-BoxUsage:m7g.large`, without the region's prefix in us-east-1. The
 * first that fits is taken.
 */
const aws: readonly Omit<Component, 'provider'>[] = [
  // First, because its traffic is named as that of machines is: `AP-DataTransfer-Out-Bytes`.
  { name: 'CloudFront', estimated: of('cloudfront'), billed: from('Amazon CloudFront') },
  { name: 'machines', estimated: of('ec2'), billed: what(/(Box|Spot)Usage:/) },
  { name: 'snapshots', estimated: item('ebs', /snapshot/), billed: what(/EBS:SnapshotUsage/) },
  { name: 'disks', estimated: of('ebs'), billed: what(/EBS:Volume/) },
  { name: 'public IPv4', estimated: of('ipv4'), billed: what(/PublicIPv4:/) },
  { name: 'NAT', estimated: of('nat'), billed: what(/NatGateway-/) },
  { name: 'traffic', estimated: of('transfer'), billed: what(/DataTransfer-|-Out-Bytes$|-In-Bytes$/) },
  { name: 'CloudWatch', estimated: of('cloudwatch'), billed: from('AmazonCloudWatch') },
  { name: 'buckets', estimated: of('s3'), billed: from('Amazon Simple Storage Service') },
  { name: 'keys', estimated: of('kms'), billed: from('AWS Key Management Service') },
  { name: 'secrets', estimated: of('secretsmanager', 'ssm'), billed: from('AWS Secrets Manager') },
  { name: 'notifications', estimated: of('sns'), billed: from('Amazon Simple Notification Service') },
  { name: 'queues', estimated: of('sqs'), billed: from('Amazon Simple Queue Service') },
  { name: 'database', estimated: of('rds'), billed: from('Amazon Relational Database Service') },
  { name: 'balancers', estimated: of('elb'), billed: from('Amazon Elastic Load Balancing') },
  { name: 'cache', estimated: of('elasticache'), billed: from('Amazon ElastiCache') },
  { name: 'containers', estimated: of('fargate', 'eks'), billed: what(/Fargate-|EKS-/) },
];

const gcp: readonly Omit<Component, 'provider'>[] = [
  { name: 'cores and memory', estimated: of('compute'), billed: what(/(Instance Core|Instance Ram|Custom Core|Custom Ram) running/i) },
  { name: 'GPU', estimated: of('gpu'), billed: what(/GPU (attached|running)/i) },
  { name: 'snapshots', estimated: item('disk', /snapshot/), billed: what(/Snapshot/i) },
  { name: 'disks', estimated: of('disk'), billed: what(/PD Capacity/i) },
  { name: 'public IPv4', estimated: of('ip'), billed: what(/(External IP|Static Ip) Charge/i) },
  { name: 'NAT', estimated: of('nat'), billed: what(/NAT Gateway/i) },
  { name: 'traffic', estimated: of('egress', 'transfer'), billed: what(/Egress|Data Transfer/i) },
  { name: 'logs', estimated: of('logging'), billed: from('Cloud Logging') },
  { name: 'buckets', estimated: of('storage'), billed: from('Cloud Storage') },
];

const components: readonly Component[] = [
  ...aws.map((each) => ({ provider: 'aws' as const, ...each })),
  ...gcp.map((each) => ({ provider: 'gcp' as const, ...each })),
];

/** What a line of the estimate belongs to; its own service where no component is named. */
export function componentOfPrice(price: PriceKey): string {
  return components.find(({ provider, estimated }) => provider === price.provider && estimated(price))?.name ?? price.service;
}

/** What a line of the bill belongs to; its own service where no component is named. */
export function componentOfRow(row: SpendRow): string {
  return components.find(({ provider, billed }) => provider === row.provider && billed(row))?.name ?? row.service;
}
