/** A topic of Amazon SNS: by what is published and, to some subscribers, by what is delivered. */
import type { ResourceCostModel } from '../../../component.ts';
import { fromUsage, notCovered } from '../../billed.ts';
import { used, usedIfSaid } from '../../line-items.ts';
import { chosen, properties } from '../../property-reader.ts';

/** https://aws.amazon.com/sns/pricing/ (2026-11) */
export const snsTopic: ResourceCostModel = {
  type: 'AWS::SNS::Topic',
  billed: [
    fromUsage('publishing', 'Publishing'),
    fromUsage('deliveries by HTTP', 'HTTP deliveries'),
    fromUsage('deliveries by e-mail', 'E-mail deliveries'),
    notCovered('text messages', 'they are billed by the country and the operator'),
    notCovered('data protection, archive and filtering of the payload', 'no price in the book'),
  ],
  components(resource, context) {
    const item = chosen(properties(resource).flag('FifoTopic'), 'FIFO topic', 'standard topic');
    const priced = (what: string | typeof item) => ({ unit: 'request-million', service: 'sns', item: what }) as const;
    return [
      used(resource, context, 'Publishing', 'requests-million', priced(item)),
      ...usedIfSaid(resource, context, 'HTTP deliveries', 'http-deliveries-million', priced('HTTP deliveries')),
      ...usedIfSaid(resource, context, 'E-mail deliveries', 'email-deliveries-million', priced('e-mail deliveries')),
    ];
  },
};
