/** Clusters of Amazon RDS. One of Aurora: its storage, requests to it, and serverless capacity; any other: its three machines and their disks. */
import type { BilledResource, CostComponent, CostContext, CostModel } from '../../component.ts';
import { hoursAMonth } from '../../exact.ts';
import { fixed, times, usageOf, used } from '../parts.ts';
import { joined, notGiven, properties, type Reader, type Unread } from '../read.ts';
import { auroraKind, backups, engineName } from './rds.ts';
import { storageLines } from './rds-storage.ts';

export const dbCluster: CostModel = {
  type: 'AWS::RDS::DBCluster',
  components(resource, context) {
    const read = properties(resource);
    const engine = engineName(read.text('Engine', notGiven('Engine')));
    if (read.has('DBClusterInstanceClass')) return clusterWithMachines(resource, context, read, engine);
    const kind = auroraKind(read);
    const item = joined(engine, 'Serverless v2', kind);
    return [
      ...(read.has('ServerlessV2ScalingConfiguration') ? [capacity()] : []),
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
    ];

    /** As much as the usage file says, or the least that is always there. */
    function capacity(): CostComponent {
      const { quantity, basis } = usageOf(resource, context, 'acu-hours');
      const least = times(read.number('ServerlessV2ScalingConfiguration.MinCapacity', notGiven('MinCapacity')), hoursAMonth);
      const line = fixed(resource, 'Serverless capacity', quantity ?? least, { unit: 'acu-hour', service: 'rds', item });
      return quantity ? { ...line, basis } : line;
    }
  },
};

/** A writer and two readers in three zones, which only clusters that are not of Aurora bring with them. All three have one price together. */
function clusterWithMachines(resource: BilledResource, context: CostContext, read: Reader, engine: string | Unread): CostComponent[] {
  const zones = 'multi-AZ with two readable standbys';
  const size = read.text('DBClusterInstanceClass', notGiven('DBClusterInstanceClass'));
  return [
    fixed(resource, 'Machines', hoursAMonth, { unit: 'hour', service: 'rds', item: joined(engine, size, zones) }),
    ...storageLines(resource, read, { engine, zones, type: read.text('StorageType', 'io1') }),
    backups(resource, context),
  ];
}
