/** A failure as `--json` prints it, beside an answer or alone. */
import { z } from 'zod';
import { type ErrorCode, errorCodes } from '../../../lib/errors/codes.ts';

export const failureSchema = z.strictObject({
  code: z.enum(Object.keys(errorCodes) as ErrorCode[]).describe('a code of docs/errors.md, which scripts may test'),
  message: z.string().describe('what was wrong, with the value; the first line of it'),
  why: z.string().optional().describe('why it matters'),
  next: z.string().optional().describe('what to do next; a command where there is one'),
});

export type Failure = z.infer<typeof failureSchema>;

/** What is printed when a command ends without an answer. */
export const failureAnswer = z.strictObject({
  format: z.literal('dojang.failure/1').describe('name and version of this format'),
  failure: failureSchema,
});

export type FailureAnswer = z.infer<typeof failureAnswer>;
