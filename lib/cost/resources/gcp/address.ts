/**
 * Reserved addresses: one that a machine or a gateway uses costs less than one that is not used.
 */
import type { BilledResource, CostComponent, CostContext, ResourceCostModel } from '../../component.ts';
import { hoursAMonth } from '../../decimal.ts';
import { elsewhere, fromPlan } from '../billed.ts';
import { countedIf, fixedIfSome, type Priced } from '../line-items.ts';
import { chosen, either, type Flag, properties, says } from '../property-reader.ts';
import { keysOf, referrers } from '../references.ts';
import { addressInUse, natIps, openNatIps } from './instance.ts';
import { ruleAddress } from './load-balancing.ts';
import { gatewayIps, openGatewayIps } from './nat.ts';

const idle: Priced = { unit: 'hour', service: 'ip', item: 'static external IPv4 reserved but unused' };

/**
 * What uses an address by the hour: machines, and gateways of Cloud NAT, which pay as much for
 * theirs. https://cloud.google.com/nat/pricing (2026-11)
 */
const holders = [
  ['gcp:compute/instance:Instance', natIps, (machine: BilledResource) => openNatIps(machine)?.reason ?? ''],
  ['gcp:compute/routerNat:RouterNat', gatewayIps, (gateway: BilledResource) => openGatewayIps(gateway)?.reason ?? ''],
] as const;

/** Unknown when no holder names it and one leaves open which addresses it has. */
function isInUse(resource: BilledResource, context: CostContext): Flag {
  return either(
    ...holders.map(([type, addresses, openBecause]) => {
      if (referrers(context, type, addresses, resource).length > 0) return true;
      const [reason] = keysOf(context, type, openBecause).filter((key) => key !== '');
      return reason === undefined ? false : { reason };
    }),
  );
}

function external(resource: BilledResource, priced: Priced): CostComponent[] {
  const outside = chosen(says(properties(resource).text('addressType', 'EXTERNAL'), 'INTERNAL'), false, true);
  return fixedIfSome(resource, 'External IPv4 address', countedIf(outside, hoursAMonth), priced);
}

/** https://cloud.google.com/vpc/network-pricing#ipaddress (2026-11) */
const billed = [
  fromPlan('external IPv4 address, in use or not', 'External IPv4 address'),
  elsewhere('traffic', 'it is billed where it is sent from'),
];

export const address: ResourceCostModel = {
  type: 'gcp:compute/address:Address',
  free: 'an internal address, or one of a forwarding rule, is not billed',
  billed,
  components(resource, context) {
    if (referrers(context, 'gcp:compute/forwardingRule:ForwardingRule', ruleAddress, resource).length > 0) return [];
    return external(resource, { ...idle, item: chosen(isInUse(resource, context), addressInUse.item, idle.item) });
  },
};

export const globalAddress: ResourceCostModel = {
  type: 'gcp:compute/globalAddress:GlobalAddress',
  free: 'an internal address, or one of a forwarding rule, is not billed',
  billed,
  components(resource, context) {
    const used = referrers(context, 'gcp:compute/globalForwardingRule:GlobalForwardingRule', ruleAddress, resource).length > 0;
    return used ? [] : external(resource, idle);
  },
};
