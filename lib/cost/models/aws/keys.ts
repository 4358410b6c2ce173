/** What is kept secret: secrets, parameters, keys. */
import type { CostModel } from '../../component.ts';
import { one } from '../../exact.ts';
import { countedIf, fixed, fixedIfSome, plus, used } from '../parts.ts';
import { chosen, properties, says } from '../read.ts';

export const secret: CostModel = {
  type: 'AWS::SecretsManager::Secret',
  components(resource, context) {
    const copies = plus(properties(resource).length('ReplicaRegions'), one);
    return [
      fixed(resource, 'Secret', copies, { unit: 'secret-month', service: 'secretsmanager', item: 'secret' }),
      used(resource, context, 'Calls', 'requests-10k', { unit: 'request-10k', service: 'secretsmanager', item: 'API calls' }),
    ];
  },
};

export const parameter: CostModel = {
  type: 'AWS::SSM::Parameter',
  free: 'standard parameters are free of charge',
  components(resource) {
    const advanced = chosen(says(properties(resource).text('Tier', 'Standard'), 'Standard'), false, true);
    return fixedIfSome(resource, 'Advanced parameter', countedIf(advanced, one), {
      unit: 'parameter-month',
      service: 'ssm',
      item: 'advanced parameter',
    });
  },
};

export const kmsKey: CostModel = {
  type: 'AWS::KMS::Key',
  components: (resource, context) => [
    fixed(resource, 'Key', one, { unit: 'key-month', service: 'kms', item: 'customer managed key' }),
    used(resource, context, 'Requests', 'requests-10k', { unit: 'request-10k', service: 'kms', item: 'requests' }),
  ],
};
