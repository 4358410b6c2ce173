/**
 * What the answers about cost consist of. Amounts are exact: text, as a JSON number would be a
 * binary fraction.
 */
import { z } from 'zod';
import type { Provider } from '../../../lib/cost/component.ts';
import type { Assumption } from '../../../lib/cost/estimate/traffic.ts';
import type { WhatIf } from '../../../lib/cost/what-if/change.ts';
import type { Period } from '../../../lib/ports/bills.ts';
import { day, list, resourceName, texts } from './parts.ts';

/** Like `-31.2`. */
export const decimal = z.string().regex(/^-?\d+(\.\d+)?$/);
export const usd = decimal.describe('USD');
export const monthly = decimal.describe('USD a month of 730 hours');
export const change = monthly.describe('USD a month, as far as it is known; negative when less');
export const provider = z.enum([
  'aws',
  'gcp',
  'runpod',
  'anthropic',
  'openai',
  'google',
  'fireworks',
  'other',
]) satisfies z.ZodType<Provider>;

/** With `atLeast` beside it. */
export const knownMonthly = monthly.nullable().describe('USD a month of 730 hours; null when nothing of it is known');
export const atLeast = z.boolean().describe('whether something of it has no amount, so that it is more');
export const byProvider = z.record(z.string(), monthly.nullable()).describe('USD a month; null when nothing is known of that provider');
export const leftOut = texts.describe('types of resources that are billed by more than their lines here, and by what');
export const confidence = z.enum(['high', 'medium', 'low']).describe('how certain a price is: docs/cost.md');
export const creditUntil = z
  .record(z.string(), day.nullable())
  .describe('day on which the credit of each provider is used up; null when nothing is spent of it');
/** Why a line or a whole resource has no amount. */
export const unknownReason = z.string().describe('why it has no amount');
export const unknownLine = z.string().nullable().describe('name of the line; null for the whole resource');
export const openRunway = 'whether it may be sooner, because something has no amount that had one, or is new and has none';

export const assumption = z.strictObject({
  name: z.string(),
  value: z.string(),
  reason: z.string().describe('where the value comes from'),
}) satisfies z.ZodType<Assumption>;

export const period = z.strictObject({ from: day, until: day.describe('the day after the last') }) satisfies z.ZodType<Period>;

export const asked = z.strictObject({
  region: texts.describe('like aws=us-east-1'),
  machine: texts.describe('like gcp=n1-standard-4'),
  gpu: z.string().optional().describe('what --gpu takes; missing when it stays'),
  topology: z.string().optional().describe('what --topology takes; missing when it stays'),
}) satisfies z.ZodType<WhatIf>;

/** A resource or a line of one that has no amount. */
export const openLine = z.strictObject({ provider, ...resourceName, line: unknownLine, reason: unknownReason });

export const runway = z.strictObject({
  provider,
  credit: usd,
  left: usd.describe('USD that are left on the day `from`'),
  from: day.describe('first day of the forecast'),
  monthly,
  weekly: decimal.describe('USD a week, of an average month'),
  empty: day.nullable().describe('day on which nothing is left; null when nothing is spent'),
  lost: usd.describe('USD that expire unused on the day the credit ends'),
  weeks: list(z.strictObject({ day, left: usd })).describe('what is left on the first day of each week'),
  horizon: z
    .strictObject({
      weeks: z.number().describe('how many'),
      cost: usd.describe('USD spent in these weeks'),
      owed: usd.describe('USD of it that the credit does not cover'),
    })
    .describe('the weeks that --weeks asks for'),
  afterwards: z.string().describe('what happens when nothing is left'),
});
