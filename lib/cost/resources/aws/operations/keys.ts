/** What is kept secret: secrets, parameters, keys. */
import type { ResourceCostModel } from '../../../component.ts';
import { one } from '../../../decimal.ts';
import { fromPlan, fromUsage, notCovered } from '../../billed.ts';
import { countedIf, fixed, fixedIfSome, plus, used } from '../../line-items.ts';
import { type Flag, isUnknown, properties, type Reader } from '../../property-reader.ts';

export const secret: ResourceCostModel = {
  type: 'AWS::SecretsManager::Secret',
  billed: [fromPlan('secret, and each copy in another region', 'Secret'), fromUsage('API calls', 'Calls')],
  components(resource, context) {
    const copies = plus(properties(resource).length('ReplicaRegions'), one);
    return [
      fixed(resource, 'Secret', copies, { unit: 'secret-month', service: 'secretsmanager', item: 'secret' }),
      used(resource, context, 'Calls', 'requests-10k', { unit: 'request-10k', service: 'secretsmanager', item: 'API calls' }),
    ];
  },
};

export const parameter: ResourceCostModel = {
  type: 'AWS::SSM::Parameter',
  billed: [
    fromPlan('advanced parameter', 'Advanced parameter'),
    notCovered('API calls beyond the standard throughput', 'higher throughput is a setting of the account, not of a template'),
  ],
  free: 'standard parameters are free of charge',
  components(resource) {
    const advanced = isAdvanced(properties(resource));
    return fixedIfSome(resource, 'Advanced parameter', countedIf(advanced, one), {
      unit: 'parameter-month',
      service: 'ssm',
      item: 'advanced parameter',
    });
  },
};

/**
 * Intelligent-Tiering chooses advanced for more than 4 KB and for policies.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html
 * (2026-11)
 */
function isAdvanced(read: Reader): Flag {
  const tier = read.text('Tier', 'Standard');
  if (isUnknown(tier) || tier !== 'Intelligent-Tiering') return isUnknown(tier) ? tier : tier !== 'Standard';
  if (read.has('Policies')) return true;
  const value = read.text('Value', '');
  return isUnknown(value) ? value : value.length > 4096;
}

export const kmsKey: ResourceCostModel = {
  type: 'AWS::KMS::Key',
  billed: [
    fromPlan('key', 'Key'),
    fromUsage('requests', 'Requests'),
    notCovered('versions that yearly rotation adds', 'the first and the second cost as much as the key, from a year on'),
    notCovered('requests with asymmetric keys', 'no price in the book'),
  ],
  components: (resource, context) => [
    fixed(resource, 'Key', one, { unit: 'key-month', service: 'kms', item: 'customer managed key' }),
    used(resource, context, 'Requests', 'requests-10k', { unit: 'request-10k', service: 'kms', item: 'requests' }),
  ],
};
