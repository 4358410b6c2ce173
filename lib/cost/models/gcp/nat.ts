/** Cloud NAT: by the hour of each machine behind it, and by what goes through. */
import type { BilledResource, CostModel } from '../../component.ts';
import { used } from '../parts.ts';
import { list } from '../read.ts';

export const cloudNat: CostModel = {
  type: 'gcp:compute/routerNat:RouterNat',
  components: (resource, context) => [
    used(resource, context, 'Gateway', 'vm-hours', { unit: 'vm-hour', service: 'nat', item: 'Cloud NAT gateway per VM, up to 32 VMs' }),
    used(resource, context, 'Data processed', 'processed-gb', { unit: 'gb', service: 'nat', item: 'Cloud NAT data processed' }),
  ],
};

/** The reserved addresses that a gateway uses, also while it lets the last connections through them end. */
export function gatewayIps({ properties: { natIps, drainNatIps } }: BilledResource) {
  return [...list(natIps), ...list(drainNatIps)];
}
