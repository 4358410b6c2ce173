/** Databases of Amazon RDS, and the machines of an Aurora cluster. */
import type { BilledDimension, BilledResource, CostComponent, CostContext, ResourceCostModel } from '../../../component.ts';
import { hoursAMonth, one, zero } from '../../../decimal.ts';
import { elsewhere, fromPlan, fromUsage, notCovered, noted } from '../../billed.ts';
import { countedIf, fixed, fixedIfSome, unpricedIf, used, usedIfSaid } from '../../line-items.ts';
import {
  chosen,
  type Flag,
  isUnknown,
  joined,
  lowered,
  notGiven,
  properties,
  type Reader,
  says,
  type Unknown,
} from '../../property-reader.ts';
import { referred } from '../../references.ts';
import { addressPrice } from '../network/eip.ts';
import { storageLines } from './rds-storage.ts';
import { extendedSupport, machinesOf } from './rds-support.ts';

/**
 * What databases and their clusters are billed by alike.
 * https://aws.amazon.com/rds/postgresql/pricing/ (2026-11)
 */
export const commonDimensions: readonly BilledDimension[] = [
  fromPlan('storage', 'Storage'),
  fromPlan('provisioned IOPS', 'IOPS'),
  fromPlan('provisioned throughput', 'Throughput'),
  fromUsage('requests to magnetic storage', 'I/O requests'),
  fromPlan('extended support of an old version', 'Extended support'),
  fromPlan('Performance Insights, kept for more than 7 days', 'Performance Insights'),
  fromPlan('Database Insights in advanced mode', 'Database Insights'),
  noted(fromPlan('logs of enhanced monitoring', 'Enhanced monitoring'), 'how much it writes no template says'),
  noted(fromPlan('logs that are exported', 'Exported logs'), 'how much is written no template says'),
  fromUsage('backups beyond the size of the storage', 'Backups beyond the size of the storage'),
  fromUsage('traffic to the internet', 'Internet traffic out'),
  notCovered('snapshot exports and copies to other regions', 'no price in the book'),
  notCovered('reserved instances', 'they are the account’s: no template says them'),
];

export const dbInstance: ResourceCostModel = {
  type: 'AWS::RDS::DBInstance',
  free: 'a serverless machine is billed with its cluster',
  billed: [
    noted(
      fromPlan('machine hours, in one zone or two', 'Machine'),
      'commercial engines have no price in the book; serverless members are billed with their cluster',
    ),
    ...commonDimensions,
    fromPlan('dedicated log volume', 'Dedicated log volume'),
    noted(
      fromPlan('public IPv4 address', 'Public IPv4 address'),
      'where PubliclyAccessible says so; where it is not given, the VPC decides',
    ),
    elsewhere('proxies', 'they are resources of their own'),
  ],
  components(resource, context) {
    const read = properties(resource);
    const size = read.text('DBInstanceClass', notGiven('DBInstanceClass'));
    if (read.has('DBClusterIdentifier')) return clusterMember(resource, context, size);
    const source = referred(context, resource, read.value('SourceDBInstanceIdentifier'));
    const from = source && properties(source);
    const engine = engineName(read.text('Engine', from?.text('Engine', notGiven('Engine')) ?? notGiven('Engine')));
    const mirrored = read.flag('MultiAZ');
    const zones = chosen(mirrored, 'multi-AZ', 'single-AZ');
    return [
      fixed(resource, 'Machine', hoursAMonth, { unit: 'hour', service: 'rds', item: joined(engine, size, zones) }),
      ...storageLines(resource, context, read, { engine, zones, type: storageType(read, 'gp3'), source: from }),
      ...extendedSupport(resource, { read, cluster: from, size, machines: machinesOf(mirrored), day: context.day }),
      ...insights(resource, read),
      ...unpricedIf(resource, 'Dedicated log volume', read.flag('DedicatedLogVolume'), logVolume),
      ...writtenLogs(resource, read),
      ...publicAddress(resource, read),
      backups(resource, context),
      ...internetTraffic(resource, context),
    ];
  },
};

/**
 * The type of storage where a template does not say it: io1 when it asks for IOPS.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-rds-dbinstance.html#cfn-rds-dbinstance-storagetype
 * (2026-11)
 */
export function storageType(read: Reader, otherwise: string): string | Unknown {
  return read.text('StorageType', read.has('Iops') ? 'io1' : otherwise);
}

export function backups(resource: BilledResource, context: CostContext): CostComponent {
  return used(resource, context, 'Backups beyond the size of the storage', 'extra-backup-gb', {
    unit: 'gb-month',
    service: 'rds',
    item: 'backup storage',
  });
}

export function internetTraffic(resource: BilledResource, context: CostContext): CostComponent[] {
  return usedIfSaid(resource, context, 'Internet traffic out', 'internet-out-gb', {
    unit: 'gb',
    service: 'transfer',
    item: 'internet out',
  });
}

const monitoring = 'enhanced monitoring is billed as the logs that it writes to the log group RDSOSMetrics, which no template has';
const exported = 'exported logs are billed by their size, in log groups of their own, which no template has';

/**
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Monitoring.OS.overview.html (2026-11)
 */
export function writtenLogs(resource: BilledResource, read: Reader): CostComponent[] {
  const interval = read.number('MonitoringInterval', zero);
  const logs = read.list('EnableCloudwatchLogsExports');
  return [
    ...unpricedIf(resource, 'Enhanced monitoring', isUnknown(interval) ? interval : interval.gt(zero), monitoring),
    ...unpricedIf(resource, 'Exported logs', isUnknown(logs) ? logs : logs.length > 0, exported),
  ];
}

const logVolume = 'a dedicated log volume is billed as storage with provisioned IOPS of its own, and has no price in the book';
const advancedInsights = 'Database Insights in advanced mode is billed by the CPU or the ACU, and has no price in the book';

/** Seven days are free; more is billed by the CPU. */
export function insights(resource: BilledResource, read: Reader): CostComponent[] {
  const days = read.number('PerformanceInsightsRetentionPeriod', hoursAMonth.minus(hoursAMonth));
  const isOn = read.flag('EnablePerformanceInsights');
  const longer: Flag = isUnknown(days) ? days : days.gt('7');
  const kept = isOn === false ? false : isUnknown(isOn) ? isOn : longer;
  const item = 'Performance Insights, longer retention';
  const isAdvanced = says(lowered(read.text('DatabaseInsightsMode', 'standard')), 'advanced');
  return [
    ...fixedIfSome(resource, 'Performance Insights', countedIf(kept, one), { unit: 'metric-month', service: 'rds', item }),
    ...unpricedIf(resource, 'Database Insights', isAdvanced, advancedInsights),
  ];
}

/** A database that is reached from the internet has an address, which is billed. */
function publicAddress(resource: BilledResource, read: Reader): CostComponent[] {
  return fixedIfSome(resource, 'Public IPv4 address', countedIf(read.flag('PubliclyAccessible'), hoursAMonth), addressPrice);
}

function clusterMember(resource: BilledResource, context: CostContext, size: string | Unknown): CostComponent[] {
  const read = properties(resource);
  const found = referred(context, resource, resource.properties.DBClusterIdentifier);
  const cluster = found && properties(found);
  const engine = engineName(read.text('Engine', cluster?.text('Engine', notGiven('Engine')) ?? notGiven('Engine')));
  const kind = cluster ? auroraKind(cluster) : '(standard)';
  const machine = fixed(resource, 'Machine', hoursAMonth, { unit: 'hour', service: 'rds', item: joined(engine, size, kind) });
  return [
    ...(size === 'db.serverless' ? [] : [machine]),
    ...extendedSupport(resource, { read, cluster, size, machines: one, day: context.day }),
    ...insights(resource, read),
    ...writtenLogs(resource, read),
    ...publicAddress(resource, read),
  ];
}

/** How an Aurora cluster pays for reads and writes: each, or with a higher price of all else. */
export function auroraKind(cluster: Reader): string | Unknown {
  return chosen(says(cluster.text('StorageType', 'aurora'), 'aurora-iopt1'), '(I/O-optimized)', '(standard)');
}

/** Engines as the price book names them. */
const engines: Readonly<Record<string, string>> = {
  postgres: 'PostgreSQL',
  mysql: 'MySQL',
  mariadb: 'MariaDB',
  'aurora-postgresql': 'Aurora PostgreSQL',
  'aurora-mysql': 'Aurora MySQL',
};

export function engineName(engine: string | Unknown): string | Unknown {
  return isUnknown(engine) ? engine : (engines[engine.toLowerCase()] ?? engine);
}
