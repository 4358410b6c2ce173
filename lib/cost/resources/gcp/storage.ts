/** Buckets and secrets of Google. */
import type { ResourceCostModel } from '../../component.ts';
import { one } from '../../decimal.ts';
import { fromPlan, fromUsage, notCovered, noted } from '../billed.ts';
import { fixed, used, usedIfSaid } from '../line-items.ts';
import { isUnknown, properties } from '../property-reader.ts';

/** https://cloud.google.com/storage/pricing (2026-11) */
export const gcsBucket: ResourceCostModel = {
  type: 'gcp:storage/bucket:Bucket',
  billed: [
    fromUsage('storage, by its class', 'Storage'),
    fromUsage('writing operations', 'Writing operations'),
    fromUsage('reading operations', 'Reading operations'),
    fromUsage('traffic to the internet', 'Internet traffic out'),
    notCovered('retrieval from cold classes and early deletion', 'no price in the book'),
    notCovered('replication between regions and Autoclass', 'no price in the book'),
  ],
  components(resource, context) {
    const written = properties(resource).text('storageClass', 'STANDARD');
    const item = isUnknown(written) ? written : `GCS ${written.toLowerCase()}, regional`;
    const operations = (what: string) => ({ unit: 'request-10k', service: 'storage', item: what }) as const;
    return [
      used(resource, context, 'Storage', 'stored-gb', { unit: 'gb-month', service: 'storage', item }),
      ...usedIfSaid(resource, context, 'Writing operations', 'writes-10k', operations('class A operations')),
      ...usedIfSaid(resource, context, 'Reading operations', 'reads-10k', operations('class B operations')),
      ...usedIfSaid(resource, context, 'Internet traffic out', 'internet-out-gb', {
        unit: 'gb',
        service: 'egress',
        item: 'internet, premium tier',
      }),
    ];
  },
};

/** https://cloud.google.com/secret-manager/pricing (2026-11) */
export const gcpSecret: ResourceCostModel = {
  type: 'gcp:secretmanager/secret:Secret',
  billed: [
    noted(fromPlan('active versions', 'Secret version'), 'one for each secret'),
    fromUsage('accesses', 'Accesses'),
    notCovered('rotation notices', 'no price in the book'),
  ],
  components: (resource, context) => [
    fixed(resource, 'Secret version', one, { unit: 'secret-month', service: 'secretmanager', item: 'active secret version' }),
    ...usedIfSaid(resource, context, 'Accesses', 'accesses-10k', { unit: 'request-10k', service: 'secretmanager', item: 'accesses' }),
  ],
};
