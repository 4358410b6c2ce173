/** What `dojang doctor` answers. */
import { z } from 'zod';
import type { CheckResult } from '../../../lib/doctor/check.ts';
import { listAnswer, objectAnswer } from '../../runtime/answers/format.ts';
import { environment, list } from '../../runtime/answers/parts.ts';

const from = z
  .enum(['aws', 'gcp', 'external', 'operator'])
  .describe('where it is tried from; external: the internet, operator: this machine');
const checkFields = { id: z.string(), from, title: z.string().describe('what must be so') };

const checkResult = z.strictObject({
  ...checkFields,
  state: z.enum(['ok', 'warning', 'failed', 'untried']).describe('untried: where it is tried from cannot be reached'),
  detail: z.string().describe('what was found; may be empty when it is right'),
  next: z.string().optional().describe('what to do'),
}) satisfies z.ZodType<CheckResult>;

export const doctorAnswer = objectAnswer(
  { command: 'doctor', version: 1, about: 'The result of every check.' },
  { environment, checks: list(checkResult) },
);

export const doctorPlanAnswer = listAnswer(
  { command: 'doctor --dry-run', version: 1, about: 'The checks that would be made.' },
  z.strictObject(checkFields),
);
