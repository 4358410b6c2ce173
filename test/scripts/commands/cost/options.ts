/** What the tests of `dojang cost` have in common. */
import { join } from 'node:path';
import service from '../../../../dojang.config.ts';
import { environmentOf } from '../../../../lib/config/environment.ts';
import { root } from '../../../../scripts/io/state.ts';
import { estimateInputs } from '../../../../scripts/runtime/cost/inputs.ts';
import { day } from '../../../lib/cost/day.ts';

export const prod = environmentOf(service, 'prod');
export const options = {
  ...estimateInputs({ day }),
  usageFile: undefined,
  assumptions: [],
  format: 'text',
} as const;
export const planFile = join(root, 'plans/prod.json');

/** What --json prints, as far as tests look at it. */
export interface Data {
  readonly total: string;
  readonly byProvider: Readonly<Record<string, string>>;
  readonly resources: readonly {
    readonly id: string;
    readonly as: string;
    readonly amount: string;
    readonly lines: readonly { readonly name: string; readonly unit: string; readonly quantity: string; readonly amount: string }[];
  }[];
  readonly unknown: readonly { readonly id: string; readonly reason: string }[];
}
