/** A model that somebody else runs: paid by the token. */
import type { CostModel } from '../../component.ts';
import { used } from '../parts.ts';
import { isUnread, notGiven, properties } from '../read.ts';

export const hostedModel: CostModel = {
  type: 'llm:model/hosted:Model',
  components(resource, context) {
    const model = properties(resource).text('model', notGiven('model'));
    const priced = (what: string) => {
      const item = isUnread(model) ? model : `${model} ${what}`;
      return { unit: 'mtok', service: 'llm', region: 'global', item } as const;
    };
    return [
      used(resource, context, 'Input tokens', 'input-mtok', priced('input')),
      used(resource, context, 'Output tokens', 'output-mtok', priced('output')),
    ];
  },
};
