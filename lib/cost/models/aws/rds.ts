/** Databases of Amazon RDS, and the machines of an Aurora cluster. */
import type { BilledResource, CostComponent, CostContext, CostModel } from '../../component.ts';
import { hoursAMonth } from '../../exact.ts';
import { fixed, used } from '../parts.ts';
import { isUnread, notGiven, properties, type Reader, type Unread } from '../read.ts';
import { referred } from '../related.ts';
import { extendedSupport } from './rds-support.ts';

export const dbInstance: CostModel = {
  type: 'AWS::RDS::DBInstance',
  free: 'a serverless machine is billed with its cluster',
  components(resource, context) {
    const read = properties(resource);
    const engine = engineName(read.text('Engine', notGiven('Engine')));
    const size = read.text('DBInstanceClass', notGiven('DBInstanceClass'));
    if (read.has('DBClusterIdentifier')) return clusterMember(resource, context, engine, size);
    const zones = read.flag('MultiAZ') ? 'multi-AZ' : 'single-AZ';
    return [
      fixed(resource, 'Machine', hoursAMonth, { unit: 'hour', service: 'rds', item: joined(engine, size, zones) }),
      ...storage(resource, read, engine, zones),
      ...extendedSupport(resource, size, read.flag('MultiAZ')),
      used(resource, context, 'Backups beyond the size of the storage', 'extra-backup-gb', {
        unit: 'gb-month',
        service: 'rds',
        item: 'backup storage',
      }),
    ];
  },
};

function clusterMember(resource: BilledResource, context: CostContext, engine: string | Unread, size: string | Unread): CostComponent[] {
  if (size === 'db.serverless') return [];
  const cluster = referred(context, resource, resource.properties.DBClusterIdentifier);
  const kind = cluster && properties(cluster).text('StorageType', 'aurora') === 'aurora-iopt1' ? '(I/O-optimized)' : '(standard)';
  return [fixed(resource, 'Machine', hoursAMonth, { unit: 'hour', service: 'rds', item: joined(engine, size, kind) })];
}

function storage(resource: BilledResource, read: Reader, engine: string | Unread, zones: string): CostComponent[] {
  const type = read.text('StorageType', 'gp2');
  const size = read.number('AllocatedStorage', notGiven('AllocatedStorage'));
  const item = isUnread(type) ? type : joined(engine, `${type} storage`, zones);
  return [fixed(resource, 'Storage', size, { unit: 'gb-month', service: 'rds', item })];
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

function joined(...parts: readonly (string | Unread)[]): string | Unread {
  return parts.find(isUnread) ?? parts.join(' ');
}
