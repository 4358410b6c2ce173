/** A hosted model: paid by the token. */
import type { ResourceCostModel } from '../../component.ts';
import { fromUsage, notCovered } from '../billed.ts';
import { used, usedIfSaid } from '../line-items.ts';
import { isUnknown, joined, notGiven, properties } from '../property-reader.ts';

export const hostedModel: ResourceCostModel = {
  type: 'llm:model/hosted:Model',
  billed: [
    fromUsage('tokens that are sent', 'Input tokens'),
    fromUsage('tokens that are answered', 'Output tokens'),
    fromUsage('tokens read from the cache', 'Cached tokens'),
    notCovered('batches', 'half the price, which the service does not use'),
    notCovered('tools, search, images', 'the service does not use them'),
  ],
  components(resource, context) {
    const { text } = properties(resource);
    const model = text('model', notGiven('model'));
    const host = text('unpricedHost', '');
    const unpriced = isUnknown(host) ? host : { reason: `no prices of ${host}, which runs ${isUnknown(model) ? 'it' : model}` };
    const priced = (what: string) =>
      ({ unit: 'mtok', service: 'llm', region: 'global', item: host === '' ? joined(model, what) : unpriced }) as const;
    return [
      used(resource, context, 'Input tokens', 'input-mtok', priced('input')),
      used(resource, context, 'Output tokens', 'output-mtok', priced('output')),
      ...usedIfSaid(resource, context, 'Cached tokens', 'cached-mtok', priced('cached input')),
    ];
  },
};
