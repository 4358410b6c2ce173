/** A queue of Amazon SQS: by the request. */
import type { ResourceCostModel } from '../../../component.ts';
import { elsewhere, fromUsage } from '../../billed.ts';
import { used } from '../../line-items.ts';
import { chosen, properties } from '../../property-reader.ts';

/** https://aws.amazon.com/sqs/pricing/ (2026-11) */
export const sqsQueue: ResourceCostModel = {
  type: 'AWS::SQS::Queue',
  billed: [
    fromUsage('requests, one for each 64 KB', 'Requests'),
    elsewhere('traffic to the internet and other regions', 'it is part of the traffic of what reads the queue'),
    elsewhere('requests to KMS', 'they are billed with the key'),
  ],
  components(resource, context) {
    const item = chosen(properties(resource).flag('FifoQueue'), 'FIFO queue', 'standard queue');
    return [used(resource, context, 'Requests', 'requests-million', { unit: 'request-million', service: 'sqs', item })];
  },
};
