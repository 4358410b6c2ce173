/** One thing that is allowed: who may talk to whom on which port. */
import type { Cloud } from '../inventory/resource.ts';

export interface Rule {
  readonly cloud: Cloud;
  /** Name of the security group or of the GCP firewall that carries the rule. */
  readonly carrier: string;
  readonly direction: 'ingress' | 'egress';
  /** `tcp`, `udp`, `icmp`, or `all`. */
  readonly protocol: string;
  /** First and last port; 0 to 65535 means every port. Omitted for protocols without ports. */
  readonly ports?: readonly [number, number];
  /**
   * A range like `203.0.113.10/32`, or what else a cloud allows as the other end, like `sg-0abc` or
   * `tag:web`.
   */
  readonly peer: string;
}

/** A rule as a cloud holds it, with what is needed to take it away. */
export interface ActualRule extends Rule {
  /** Id by which the cloud knows the rule or its carrier, like `sgr-0abc`; never compared. */
  readonly handle: string;
}

/**
 * Where SSH through Identity-Aware Proxy comes from.
 * https://cloud.google.com/iap/docs/using-tcp-forwarding
 */
export const iapRange = '35.235.240.0/20';
