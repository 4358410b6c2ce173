/**
 * Clusters of Amazon RDS. One of Aurora: its storage, requests to it, and serverless capacity; any
 * other: its three machines and their disks.
 */
import type { BilledResource, CostComponent, CostContext, ResourceCostModel } from '../../../component.ts';
import { hoursAMonth, one, whole } from '../../../decimal.ts';
import { fromPlan, fromUsage, notCovered } from '../../billed.ts';
import { fixed, times, usageOf, used, usedIfSaid } from '../../line-items.ts';
import { joined, notGiven, properties, type Quantity, type Reader, type Unknown } from '../../property-reader.ts';
import { referrers } from '../../references.ts';
import { auroraKind, backups, commonDimensions, engineName, insights, internetTraffic, storageType, writtenLogs } from './rds.ts';
import { storageLines } from './rds-storage.ts';
import { extendedSupport, leastCapacity } from './rds-support.ts';

/** https://aws.amazon.com/rds/aurora/pricing/ (2026-11) */
export const dbCluster: ResourceCostModel = {
  type: 'AWS::RDS::DBCluster',
  billed: [
    fromPlan('machines of a multi-AZ cluster', 'Machines'),
    fromPlan('serverless capacity', 'Serverless capacity'),
    ...commonDimensions,
    fromUsage('requests to Aurora storage', 'I/O'),
    fromUsage('Aurora backups beyond the size of the storage', 'Aurora backups'),
    fromUsage('Backtrack', 'Backtrack'),
    notCovered('global databases', 'replicated writes have no price in the book'),
    notCovered('Data API and zero-ETL', 'no price in the book'),
  ],
  components(resource, context) {
    const read = properties(resource);
    const engine = engineName(read.text('Engine', notGiven('Engine')));
    if (read.has('DBClusterInstanceClass')) return clusterWithMachines(resource, context, read, engine);
    const kind = auroraKind(read);
    return [
      ...(read.has('ServerlessV2ScalingConfiguration') ? [capacity(resource, context, joined(engine, 'Serverless v2', kind))] : []),
      ...(read.text('EngineMode', '') === 'serverless' ? [oldCapacity(resource, engine)] : []),
      used(resource, context, 'Storage', 'stored-gb', { unit: 'gb-month', service: 'rds', item: joined('Aurora storage', kind) }),
      ...(kind !== '(I/O-optimized)'
        ? [
            used(resource, context, 'I/O', 'requests-million', {
              unit: 'request-million',
              service: 'rds',
              item: joined('Aurora I/O', kind),
            }),
          ]
        : []),
      ...insights(resource, read),
      ...writtenLogs(resource, read),
      ...usedIfSaid(resource, context, 'Aurora backups', 'extra-backup-gb', {
        unit: 'gb-month',
        service: 'rds',
        item: 'Aurora backup storage',
      }),
      ...usedIfSaid(resource, context, 'Backtrack', 'backtrack-million', {
        unit: 'request-million',
        service: 'rds',
        item: 'Backtrack change records',
      }),
      ...internetTraffic(resource, context),
    ];
  },
};

/** As much as the usage file says, or the least that each serverless member always has. */
function capacity(resource: BilledResource, context: CostContext, item: string | Unknown): CostComponent {
  const { quantity, basis } = usageOf(resource, context, 'acu-hours');
  const least = times(times(leastCapacity(properties(resource)), serverlessMembers(resource, context)), hoursAMonth);
  const line = fixed(resource, 'Serverless capacity', quantity ?? least, { unit: 'acu-hour', service: 'rds', item });
  return quantity ? { ...line, basis } : line;
}

/** One where the plan has no member of the cluster: it is then in another plan. */
function serverlessMembers(resource: BilledResource, context: CostContext): Quantity {
  const members = referrers(context, 'AWS::RDS::DBInstance', clusterOf, resource);
  const sizes = members.map((member) => ({ member, size: properties(member).text('DBInstanceClass', '') }));
  const open = sizes.find(({ member, size }) => size === 'db.serverless' && member.perhaps !== undefined)?.member.perhaps;
  if (open !== undefined) return { reason: `one of its members may not be there: ${open}` };
  return members.length === 0 ? one : whole(sizes.filter(({ size }) => size === 'db.serverless').length);
}

function clusterOf({ properties: { DBClusterIdentifier } }: BilledResource) {
  return [DBClusterIdentifier];
}

/** Serverless v1, which has a price of its own. */
function oldCapacity(resource: BilledResource, engine: string | Unknown): CostComponent {
  const least = properties(resource).number('ScalingConfiguration.MinCapacity', notGiven('ScalingConfiguration.MinCapacity'));
  return fixed(resource, 'Serverless capacity', times(least, hoursAMonth), {
    unit: 'acu-hour',
    service: 'rds',
    item: joined(engine, 'Serverless v1'),
  });
}

/**
 * A writer and two readers in three zones, which only clusters that are not of Aurora bring with
 * them. All three have one price together.
 */
function clusterWithMachines(resource: BilledResource, context: CostContext, read: Reader, engine: string | Unknown): CostComponent[] {
  const zones = 'multi-AZ with two readable standbys';
  const size = read.text('DBClusterInstanceClass', notGiven('DBClusterInstanceClass'));
  return [
    fixed(resource, 'Machines', hoursAMonth, { unit: 'hour', service: 'rds', item: joined(engine, size, zones) }),
    ...storageLines(resource, context, read, { engine, zones, type: storageType(read, 'io1') }),
    ...extendedSupport(resource, { read, size, machines: whole(3), day: context.day }),
    ...insights(resource, read),
    ...writtenLogs(resource, read),
    backups(resource, context),
    ...internetTraffic(resource, context),
  ];
}
