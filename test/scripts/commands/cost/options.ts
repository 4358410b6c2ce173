/** What the tests of `dojang cost` have in common. */
import { join } from 'node:path';
import service from '../../../../dojang.config.ts';
import { environmentOf } from '../../../../lib/config/environment.ts';
import { serviceUsage } from '../../../../lib/cost/estimate/traffic.ts';
import { cost as command } from '../../../../scripts/commands/cost/cost.ts';
import { readExchangeRate, readPriceBook } from '../../../../scripts/io/prices/book-folder.ts';
import { root } from '../../../../scripts/io/state.ts';
import { day } from '../../../lib/cost/day.ts';
import { checked } from '../../checked.ts';

export const prod = environmentOf(service, 'prod');
export const options = {
  usage: undefined,
  otherwise: serviceUsage(),
  assumptions: [],
  format: 'text',
  day,
  book: readPriceBook(),
  rate: readExchangeRate(),
} as const;
export const planFile = join(root, 'plans/prod.json');

/** The command, its answer checked against its format. */
export const cost = (...given: Parameters<typeof command>) => checked(command(...given));
