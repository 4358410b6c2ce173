/** The wiring as `wire` and `up` answer it. */
import { z } from 'zod';
import type { Wiring } from '../wiring/wiring.ts';
import { list, outputs, rule, ruleDifference, texts } from './parts.ts';

export const wiringFields = {
  addresses: z
    .strictObject({ aws: z.string().describe('IPv4'), gcp: z.string().describe('IPv4') })
    .describe('static addresses of the two hosts'),
  desired: list(rule).describe('rules that both sides must have, and no others'),
  differences: list(ruleDifference).describe('rules that were missing or stray before the command repaired them'),
  endpoints: outputs.describe('SSM parameters that were missing or different, with the right value'),
  trust: z.strictObject({
    changes: list(
      z.strictObject({
        what: z.string().describe('certificate, authority or secret by name'),
        host: z.enum(['aws', 'gcp', 'both']).describe('whose host reads it'),
        action: z.enum(['make', 'renew', 'retire', 'ask']).describe('ask: only the operator may decide it, with --rotate'),
        reason: z.string().describe('missing, or what is wrong with it'),
      }),
    ).describe('certificates and secrets that were missing, end soon or belong to something else'),
    notes: texts.describe('what the operator should know, like a certificate of the authority that ends soon'),
  }),
} satisfies Record<keyof Wiring, z.ZodType>;
