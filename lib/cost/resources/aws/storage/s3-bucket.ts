/** A bucket of Amazon S3: what is stored, requests, and traffic. */
import type { ResourceCostModel } from '../../../component.ts';
import { elsewhere, fromUsage, notCovered, noted } from '../../billed.ts';
import { used, usedIfSaid } from '../../line-items.ts';

/** https://aws.amazon.com/s3/pricing/ (2026-11) */
export const s3Bucket: ResourceCostModel = {
  type: 'AWS::S3::Bucket',
  billed: [
    noted(fromUsage('storage', 'Storage'), 'as Standard, old versions included'),
    fromUsage('storage in other classes', 'Storage in Standard-IA', 'Storage in Glacier Instant Retrieval'),
    fromUsage('writing requests', 'Writing requests'),
    fromUsage('reading requests', 'Reading requests'),
    fromUsage('traffic to the internet', 'Internet traffic out'),
    notCovered('moves between classes and retrieval from them', 'no price in the book'),
    notCovered('monitoring of Intelligent-Tiering', 'no price in the book'),
    notCovered('replication, transfer acceleration, inventory, analytics', 'no price in the book'),
    elsewhere('requests to KMS', 'they are billed with the key'),
  ],
  components: (resource, context) => {
    const storage = (item: string) => ({ unit: 'gb-month', service: 's3', item }) as const;
    const requests = (item: string) => ({ unit: 'request-1000', service: 's3', item }) as const;
    return [
      used(resource, context, 'Storage', 'stored-gb', storage('Standard')),
      ...usedIfSaid(resource, context, 'Storage in Standard-IA', 'infrequent-gb', storage('Standard-IA')),
      ...usedIfSaid(resource, context, 'Storage in Glacier Instant Retrieval', 'archive-gb', storage('Glacier Instant Retrieval')),
      used(resource, context, 'Writing requests', 'put-requests-1000', requests('PUT, COPY, POST, LIST')),
      used(resource, context, 'Reading requests', 'get-requests-1000', requests('GET and others')),
      ...usedIfSaid(resource, context, 'Internet traffic out', 'internet-out-gb', {
        unit: 'gb',
        service: 'transfer',
        item: 'internet out',
      }),
    ];
  },
};
