/** A model that somebody else runs: paid by the token. */
import type { CostModel } from '../../component.ts';
import { used } from '../parts.ts';
import { isUnread, joined, notGiven, properties } from '../read.ts';

export const hostedModel: CostModel = {
  type: 'llm:model/hosted:Model',
  components(resource, context) {
    const { text } = properties(resource);
    const model = text('model', notGiven('model'));
    const host = text('unpricedHost', '');
    const unpriced = isUnread(host) ? host : { because: `no prices of ${host}, which runs ${isUnread(model) ? 'it' : model}` };
    const priced = (what: string) =>
      ({ unit: 'mtok', service: 'llm', region: 'global', item: host === '' ? joined(model, what) : unpriced }) as const;
    return [
      used(resource, context, 'Input tokens', 'input-mtok', priced('input')),
      used(resource, context, 'Output tokens', 'output-mtok', priced('output')),
    ];
  },
};
