/** What `dojang preflight` answers. */
import { z } from 'zod';
import type { CheckResult } from '../../../lib/preflight/check.ts';
import { listAnswer, objectAnswer } from '../../runtime/answers/format.ts';
import { environment, list } from '../../runtime/answers/parts.ts';

const checkFields = {
  id: z.string().describe('names the check'),
  subject: z.enum(['aws', 'gcp', 'service', 'here']).describe('what it is about; here: this machine'),
  title: z.string().describe('what must be so'),
};

const checkResult = z.strictObject({
  ...checkFields,
  state: z.enum(['ok', 'warning', 'fault', 'unknown']).describe('unknown: the question could not be asked'),
  detail: z.string().describe('what was found'),
  remedy: z.string().optional().describe('what puts a fault right, or lets an unknown be asked'),
}) satisfies z.ZodType<CheckResult>;

export const preflightAnswer = objectAnswer(
  { command: 'preflight', version: 1, about: 'The result of every check before a deployment.' },
  { environment, checks: list(checkResult) },
);

export const preflightPlanAnswer = listAnswer(
  { command: 'preflight --dry-run', version: 1, about: 'The checks that would be made.' },
  z.strictObject(checkFields),
);
