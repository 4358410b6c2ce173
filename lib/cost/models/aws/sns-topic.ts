/** A topic of Amazon SNS: by what is published. */
import type { CostModel } from '../../component.ts';
import { used } from '../parts.ts';

export const snsTopic: CostModel = {
  type: 'AWS::SNS::Topic',
  components: (resource, context) => [
    used(resource, context, 'Publishing', 'requests-million', { unit: 'request-million', service: 'sns', item: 'standard topic' }),
  ],
};
