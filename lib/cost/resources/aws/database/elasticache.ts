/** Caches of Amazon ElastiCache. */
import type { BilledDimension, BilledResource, CostComponent, CostContext, ResourceCostModel } from '../../../component.ts';
import { hoursAMonth, one, sum, whole } from '../../../decimal.ts';
import { elsewhere, fromPlan, fromUsage, notCovered } from '../../billed.ts';
import { countedIf, fixed, fixedIfSome, times, used } from '../../line-items.ts';
import {
  type Flag,
  isUnknown,
  joined,
  lowered,
  notGiven,
  properties,
  type Quantity,
  type Reader,
  reader,
  type Unknown,
} from '../../property-reader.ts';

/** https://aws.amazon.com/elasticache/pricing/ (2026-11) */
const billed: readonly BilledDimension[] = [
  fromPlan('node hours', 'Nodes'),
  fromPlan('extended support of an old version', 'Extended support'),
  fromUsage('backups', 'Backups'),
  elsewhere('traffic between zones', 'it is billed with the machines that talk to the nodes'),
  notCovered('reserved nodes', 'they are the account’s: no template says them'),
];

export const cacheCluster: ResourceCostModel = {
  type: 'AWS::ElastiCache::CacheCluster',
  billed,
  components: (resource, context) => cacheLines(resource, context, properties(resource).number('NumCacheNodes', one)),
};

export const replicationGroup: ResourceCostModel = {
  type: 'AWS::ElastiCache::ReplicationGroup',
  billed: [...billed, notCovered('global datastores', 'replicated writes are billed as traffic between regions')],
  components: (resource, context) => cacheLines(resource, context, nodesOf(properties(resource))),
};

function cacheLines(resource: BilledResource, context: CostContext, nodes: Quantity): CostComponent[] {
  const read = properties(resource);
  const hours = times(nodes, hoursAMonth);
  const kept = read.number('SnapshotRetentionLimit', whole(0));
  const priced = (item: string | Unknown) => ({ unit: 'hour', service: 'elasticache', item }) as const;
  return [
    fixed(resource, 'Nodes', hours, priced(nodeItem(read))),
    ...fixedIfSome(
      resource,
      'Extended support',
      countedIf(isOld(read, context.day), hours),
      priced(joined(nodeItem(read), 'extended support')),
    ),
    ...(isUnknown(kept) || kept.gt('0')
      ? [used(resource, context, 'Backups', 'backup-gb', { unit: 'gb-month', service: 'elasticache', item: 'backup storage' })]
      : []),
  ];
}

/**
 * Redis OSS 4 and 5. https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/extended-support.html
 * (2026-11)
 */
function isOld(read: Reader, day: string): Flag {
  const engine = engineOf(read);
  const version = read.text('EngineVersion', '');
  if (day < '2026-02-01' || (!isUnknown(engine) && engine !== 'redis')) return false;
  if (!isUnknown(version) && !/^[45](\.|$)/.test(version)) return false;
  return [engine, version].find(isUnknown) ?? true;
}

/** `NumCacheClusters` of them, or so many groups with a primary and its replicas. */
function nodesOf(read: Reader): Quantity {
  if (read.has('NumCacheClusters')) return read.number('NumCacheClusters', one);
  const configured = read.list('NodeGroupConfiguration');
  if (isUnknown(configured)) return configured;
  const groups = configured.map((group) => reader(group).number('ReplicaCount', whole(0)));
  const open = groups.find(isUnknown);
  if (open) return open;
  if (!read.has('ReplicasPerNodeGroup') && groups.length > 0) {
    return sum(groups.flatMap((replicas) => (isUnknown(replicas) ? [] : [replicas.plus(one)])));
  }
  const replicas = read.number('ReplicasPerNodeGroup', whole(0));
  const each = isUnknown(replicas) ? replicas : replicas.plus(one);
  return times(read.number('NumNodeGroups', groups.length > 0 ? whole(groups.length) : one), each);
}

const engines: Readonly<Record<string, string>> = { redis: 'Redis OSS', valkey: 'Valkey', memcached: 'Memcached' };

function engineOf(read: Reader): string | Unknown {
  return lowered(read.text('Engine', 'redis'));
}

function nodeItem(read: Reader): string | Unknown {
  const engine = engineOf(read);
  const type = read.text('CacheNodeType', notGiven('CacheNodeType'));
  if (isUnknown(engine)) return engine;
  return isUnknown(type) ? type : `${engines[engine] ?? engine} ${type}`;
}
