/** Buckets and secrets of Google. */
import type { CostModel } from '../../component.ts';
import { one } from '../../exact.ts';
import { fixed, used } from '../parts.ts';
import { isUnread, properties } from '../read.ts';

export const gcsBucket: CostModel = {
  type: 'gcp:storage/bucket:Bucket',
  components(resource, context) {
    const written = properties(resource).text('storageClass', 'STANDARD');
    const item = isUnread(written) ? written : `GCS ${written.toLowerCase()}, regional`;
    return [used(resource, context, 'Storage', 'stored-gb', { unit: 'gb-month', service: 'storage', item })];
  },
};

export const gcpSecret: CostModel = {
  type: 'gcp:secretmanager/secret:Secret',
  components: (resource) => [
    fixed(resource, 'Secret version', one, { unit: 'secret-month', service: 'secretmanager', item: 'active secret version' }),
  ],
};
