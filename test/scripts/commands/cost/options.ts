/** What the tests of `dojang cost` have in common. */
import { join } from 'node:path';
import service from '../../../../dojang.config.ts';
import { environmentOf } from '../../../../lib/config/environment.ts';
import { cost as command } from '../../../../scripts/commands/cost/cost.ts';
import { root } from '../../../../scripts/io/state.ts';
import { estimateInputs } from '../../../../scripts/runtime/cost/inputs.ts';
import { day } from '../../../lib/cost/day.ts';
import { checked } from '../../checked.ts';

export const prod = environmentOf(service, 'prod');
export const options = {
  ...estimateInputs({ day }),
  usageFile: undefined,
  assumptions: [],
  format: 'text',
} as const;
export const planFile = join(root, 'plans/prod.json');

/** The command, its answer checked against its format. */
export const cost = (...given: Parameters<typeof command>) => checked(command(...given));
