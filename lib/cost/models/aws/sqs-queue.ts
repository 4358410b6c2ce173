/** A queue of Amazon SQS: by the request. */
import type { CostModel } from '../../component.ts';
import { used } from '../parts.ts';
import { chosen, properties } from '../read.ts';

export const sqsQueue: CostModel = {
  type: 'AWS::SQS::Queue',
  components(resource, context) {
    const item = chosen(properties(resource).flag('FifoQueue'), 'FIFO queue', 'standard queue');
    return [used(resource, context, 'Requests', 'requests-million', { unit: 'request-million', service: 'sqs', item })];
  },
};
