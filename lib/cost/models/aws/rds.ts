/** Databases of Amazon RDS, and the machines of an Aurora cluster. */
import type { BilledResource, CostComponent, CostContext, CostModel } from '../../component.ts';
import { hoursAMonth } from '../../exact.ts';
import { fixed, used } from '../parts.ts';
import { chosen, isUnread, joined, notGiven, properties, type Reader, says, type Unread } from '../read.ts';
import { referred } from '../related.ts';
import { storageLines } from './rds-storage.ts';
import { extendedSupport } from './rds-support.ts';

export const dbInstance: CostModel = {
  type: 'AWS::RDS::DBInstance',
  free: 'a serverless machine is billed with its cluster',
  components(resource, context) {
    const read = properties(resource);
    const engine = engineName(read.text('Engine', notGiven('Engine')));
    const size = read.text('DBInstanceClass', notGiven('DBInstanceClass'));
    if (read.has('DBClusterIdentifier')) return clusterMember(resource, context, engine, size);
    const mirrored = read.flag('MultiAZ');
    const zones = chosen(mirrored, 'multi-AZ', 'single-AZ');
    return [
      fixed(resource, 'Machine', hoursAMonth, { unit: 'hour', service: 'rds', item: joined(engine, size, zones) }),
      ...storageLines(resource, read, { engine, zones, type: read.text('StorageType', 'gp2') }),
      ...extendedSupport(resource, size, mirrored),
      backups(resource, context),
    ];
  },
};

export function backups(resource: BilledResource, context: CostContext): CostComponent {
  return used(resource, context, 'Backups beyond the size of the storage', 'extra-backup-gb', {
    unit: 'gb-month',
    service: 'rds',
    item: 'backup storage',
  });
}

function clusterMember(resource: BilledResource, context: CostContext, engine: string | Unread, size: string | Unread): CostComponent[] {
  if (size === 'db.serverless') return [];
  const cluster = referred(context, resource, resource.properties.DBClusterIdentifier);
  const kind = cluster ? auroraKind(properties(cluster)) : '(standard)';
  return [fixed(resource, 'Machine', hoursAMonth, { unit: 'hour', service: 'rds', item: joined(engine, size, kind) })];
}

/** How an Aurora cluster pays for reads and writes: each, or with a higher price of all else. */
export function auroraKind(cluster: Reader): string | Unread {
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

export function engineName(engine: string | Unread): string | Unread {
  return isUnread(engine) ? engine : (engines[engine] ?? engine);
}
