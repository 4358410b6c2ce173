/** Cloud NAT: by the hour of each machine behind it, by what goes through, and by its addresses. */
import type { BilledResource, ResourceCostModel } from '../../component.ts';
import { hoursAMonth, one } from '../../decimal.ts';
import { elsewhere, fromPlan, fromUsage } from '../billed.ts';
import { countedIf, fixedIfSome, times, used } from '../line-items.ts';
import { isUnknown, knownMembers, properties, says, type Unknown } from '../property-reader.ts';
import { addressInUse } from './instance.ts';
import { logging } from './logged.ts';

/** https://cloud.google.com/nat/pricing (2026-11) */
export const cloudNat: ResourceCostModel = {
  type: 'gcp:compute/routerNat:RouterNat',
  billed: [
    fromUsage('hours of each machine behind it', 'Gateway'),
    fromUsage('data processed', 'Data processed'),
    fromPlan('addresses that Google reserves for it', 'External IPv4 addresses'),
    fromUsage('logs', 'Logs'),
    elsewhere('traffic to the internet', 'it is billed where it is sent from'),
  ],
  components(resource, context) {
    const read = properties(resource);
    const automatic = says(read.text('natIpAllocateOption', read.has('natIps') ? 'MANUAL_ONLY' : 'AUTO_ONLY'), 'AUTO_ONLY');
    const many = times({ reason: 'Google reserves as many addresses as its connections need' }, times(one, hoursAMonth));
    return [
      used(resource, context, 'Gateway', 'vm-hours', { unit: 'vm-hour', service: 'nat', item: 'Cloud NAT gateway per VM, up to 32 VMs' }),
      used(resource, context, 'Data processed', 'processed-gb', { unit: 'gb', service: 'nat', item: 'Cloud NAT data processed' }),
      ...fixedIfSome(resource, 'External IPv4 addresses', countedIf(automatic, many), addressInUse),
      ...(read.flag('logConfig.enable') === false ? [] : [used(resource, context, 'Logs', 'logged-gb', logging)]),
    ];
  },
};

/** Why not all addresses of a gateway are known; undefined when they are. */
export function openGatewayIps(gateway: BilledResource): Unknown | undefined {
  const read = properties(gateway);
  return [read.list('natIps'), read.list('drainNatIps')].find(isUnknown);
}

/**
 * The reserved addresses that a gateway uses, also while it lets the last connections through them
 * end; as far as they are known.
 */
export function gatewayIps({ properties: { natIps, drainNatIps } }: BilledResource) {
  return [...knownMembers(natIps), ...knownMembers(drainNatIps)];
}
