/** A distribution of CloudFront: what leaves the edge nearest to the readers, and requests. */
import type { CostModel } from '../../component.ts';
import { used } from '../parts.ts';

export const distribution: CostModel = {
  type: 'AWS::CloudFront::Distribution',
  components(resource, context) {
    // A stack stands where its readers are; the price is that of their edge.
    const region = resource.region.startsWith('ap-') ? 'asia-edge' : 'us-edge';
    return [
      used(resource, context, 'Data out', 'internet-out-gb', { unit: 'gb', service: 'cloudfront', region, item: 'data out' }),
      used(resource, context, 'Requests', 'requests-10k', { unit: 'request-10k', service: 'cloudfront', region, item: 'HTTPS requests' }),
    ];
  },
};
