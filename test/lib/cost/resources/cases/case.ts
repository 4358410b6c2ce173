/** One case of a model: a resource, and the lines that it is billed by. */
import type { BilledResource } from '../../../../../lib/cost/component.ts';
import type { Json } from '../../../../../lib/inventory/resource.ts';

export interface Case {
  readonly type: string;
  readonly properties?: Readonly<Record<string, Json>>;
  readonly usage?: Readonly<Record<string, string>>;
  readonly beside?: readonly BilledResource[];
  /**
   * `quantity unit service item` by line, with `x share` behind it; `- because` where it is
   * unknown.
   */
  readonly lines: Readonly<Record<string, string>>;
}

export const traffic = (type: string) => `- the usage file does not say ${type}.internet-out-gb`;
export const gp3 = 'gb-month ebs gp3 storage';
