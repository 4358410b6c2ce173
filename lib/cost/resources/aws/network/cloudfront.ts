/** A distribution of CloudFront: what leaves the edge nearest to the readers, and requests. */
import type { BilledResource, ResourceCostModel } from '../../../component.ts';
import { unknownRegion } from '../../../component.ts';
import { one } from '../../../decimal.ts';
import { elsewhere, fromPlan, fromUsage, notCovered, noted } from '../../billed.ts';
import { countedIf, fixedIfSome, used, usedIfSaid } from '../../line-items.ts';
import { properties, says } from '../../property-reader.ts';

/** https://aws.amazon.com/cloudfront/pricing/ (2026-11) */
export const distribution: ResourceCostModel = {
  type: 'AWS::CloudFront::Distribution',
  billed: [
    noted(fromUsage('data out to the internet', 'Data out'), 'at the price of the edge nearest to the stack'),
    noted(fromUsage('requests', 'Requests'), 'as HTTPS'),
    fromUsage('data to the origin', 'Data to the origin'),
    fromUsage('functions', 'Functions'),
    fromUsage('invalidations beyond 1,000 paths', 'Invalidations'),
    fromPlan('certificate on addresses of its own', 'Dedicated addresses'),
    elsewhere('Lambda@Edge', 'the function is billed by Lambda, which has no cost model'),
    notCovered('Origin Shield, real-time logs, field-level encryption', 'no price in the book'),
    notCovered('flat-rate plans', 'they are chosen in the console, not in a template'),
  ],
  components(resource, context) {
    const region = edgeOf(resource);
    const at = (unit: 'gb' | 'request-10k' | 'request-million', item: string) => ({ unit, service: 'cloudfront', region, item }) as const;
    const own = says(properties(resource).text('DistributionConfig.ViewerCertificate.SslSupportMethod', 'sni-only'), 'vip');
    return [
      used(resource, context, 'Data out', 'internet-out-gb', at('gb', 'data out')),
      used(resource, context, 'Requests', 'requests-10k', at('request-10k', 'HTTPS requests')),
      ...usedIfSaid(resource, context, 'Data to the origin', 'origin-gb', at('gb', 'data to the origin')),
      ...usedIfSaid(resource, context, 'Functions', 'function-calls-million', at('request-million', 'function calls')),
      ...usedIfSaid(resource, context, 'Invalidations', 'invalidations-10k', at('request-10k', 'invalidation paths')),
      ...fixedIfSome(resource, 'Dedicated addresses', countedIf(own, one), {
        unit: 'key-month',
        service: 'cloudfront',
        region: 'global',
        item: 'certificate on addresses of its own',
      }),
    ];
  },
};

/** A stack stands where its readers are; the price is that of their edge. */
function edgeOf({ region }: BilledResource): string {
  if (region === unknownRegion) return region;
  return region.startsWith('ap-') ? 'asia-edge' : 'us-edge';
}
