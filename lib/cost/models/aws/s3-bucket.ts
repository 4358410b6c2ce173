/** A bucket of Amazon S3: what is stored, and requests. */
import type { CostModel } from '../../component.ts';
import { used } from '../parts.ts';

export const s3Bucket: CostModel = {
  type: 'AWS::S3::Bucket',
  components: (resource, context) => [
    used(resource, context, 'Storage', 'stored-gb', { unit: 'gb-month', service: 's3', item: 'Standard' }),
    used(resource, context, 'Writing requests', 'put-requests-1000', {
      unit: 'request-1000',
      service: 's3',
      item: 'PUT, COPY, POST, LIST',
    }),
    used(resource, context, 'Reading requests', 'get-requests-1000', { unit: 'request-1000', service: 's3', item: 'GET and others' }),
  ],
};
