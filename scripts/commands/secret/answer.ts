/** What `dojang secret ...` answers. It never has a value. */
import { z } from 'zod';
import type { KnownSecret } from '../../../lib/pki/secrets.ts';
import { listAnswer, objectAnswer } from '../../runtime/answers/format.ts';
import { secretReader } from '../../runtime/answers/parts.ts';

const parameter = z.string().describe('SSM parameter that holds it');

export const secretSetAnswer = objectAnswer(
  { command: 'secret set', version: 1, about: 'The secret that was stored.' },
  { name: z.string(), parameter },
);

const knownSecret = {
  name: z.string(),
  parameter,
  host: secretReader,
  purpose: z.string().describe('what it is for'),
  from: z.enum(['made', 'given']).describe('made by dojang wire, or given by the operator'),
} satisfies Record<keyof KnownSecret, z.ZodType>;

export const secretListAnswer = listAnswer(
  { command: 'secret list', version: 1, about: 'Every secret beside the keys of certificates.' },
  z.strictObject({
    ...knownSecret,
    present: z.boolean().describe('whether it is stored'),
    version: z.number().optional().describe('missing when it is not present'),
    changed: z.string().optional().describe('when it was last written, ISO 8601 in UTC'),
  }),
);
