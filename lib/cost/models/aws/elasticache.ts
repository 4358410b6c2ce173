/** Caches of Amazon ElastiCache. */
import type { CostModel } from '../../component.ts';
import { hoursAMonth, one, whole } from '../../exact.ts';
import { fixed, times } from '../parts.ts';
import { isUnread, notGiven, properties, type Quantity, type Reader, type Unread } from '../read.ts';

export const cacheCluster: CostModel = {
  type: 'AWS::ElastiCache::CacheCluster',
  components(resource) {
    const read = properties(resource);
    const hours = times(read.number('NumCacheNodes', one), hoursAMonth);
    return [fixed(resource, 'Nodes', hours, { unit: 'hour', service: 'elasticache', item: nodeItem(read) })];
  },
};

export const replicationGroup: CostModel = {
  type: 'AWS::ElastiCache::ReplicationGroup',
  components(resource) {
    const read = properties(resource);
    return [fixed(resource, 'Nodes', times(nodesOf(read), hoursAMonth), { unit: 'hour', service: 'elasticache', item: nodeItem(read) })];
  },
};

/** `NumCacheClusters` of them, or so many groups with a primary and its replicas. */
function nodesOf(read: Reader): Quantity {
  if (read.has('NumCacheClusters')) return read.number('NumCacheClusters', one);
  const replicas = read.number('ReplicasPerNodeGroup', whole(0));
  const each = isUnread(replicas) ? replicas : replicas.plus(one);
  return times(read.number('NumNodeGroups', one), each);
}

const engines: Readonly<Record<string, string>> = { redis: 'Redis OSS', valkey: 'Valkey', memcached: 'Memcached' };

function nodeItem(read: Reader): string | Unread {
  const engine = read.text('Engine', 'redis');
  const type = read.text('CacheNodeType', notGiven('CacheNodeType'));
  if (isUnread(engine)) return engine;
  return isUnread(type) ? type : `${engines[engine] ?? engine} ${type}`;
}
