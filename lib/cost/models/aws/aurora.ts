/** An Aurora cluster: its storage, requests to it, and serverless capacity. */
import type { CostComponent, CostModel } from '../../component.ts';
import { hoursAMonth } from '../../exact.ts';
import { fixed, times, usageOf, used } from '../parts.ts';
import { isUnread, notGiven, properties } from '../read.ts';
import { engineName } from './rds.ts';

export const dbCluster: CostModel = {
  type: 'AWS::RDS::DBCluster',
  components(resource, context) {
    const read = properties(resource);
    const engine = engineName(read.text('Engine', notGiven('Engine')));
    const kind = read.text('StorageType', 'aurora') === 'aurora-iopt1' ? '(I/O-optimized)' : '(standard)';
    const item = isUnread(engine) ? engine : `${engine} Serverless v2 ${kind}`;
    return [
      ...(read.has('ServerlessV2ScalingConfiguration') ? [capacity()] : []),
      used(resource, context, 'Storage', 'stored-gb', { unit: 'gb-month', service: 'rds', item: `Aurora storage ${kind}` }),
      ...(kind === '(standard)'
        ? [used(resource, context, 'I/O', 'requests-million', { unit: 'request-million', service: 'rds', item: `Aurora I/O ${kind}` })]
        : []),
    ];

    /** As much as the usage file says, or the least that is always there. */
    function capacity(): CostComponent {
      const { quantity, usage } = usageOf(resource, context, 'acu-hours');
      const least = times(read.number('ServerlessV2ScalingConfiguration.MinCapacity', notGiven('MinCapacity')), hoursAMonth);
      const line = fixed(resource, 'Serverless capacity', quantity ?? least, { unit: 'acu-hour', service: 'rds', item });
      return quantity ? { ...line, basis: { usage } } : line;
    }
  },
};
