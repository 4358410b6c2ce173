/** What `dojang audit` answers. */
import { z } from 'zod';
import type { AuditRecord } from '../../../lib/audit/record.ts';
import { objectAnswer } from '../../runtime/answers/format.ts';
import { environment, list, texts } from '../../runtime/answers/parts.ts';

const fields = {
  id: z.string(),
  verb: z.string(),
  words: texts.describe('what was typed after dojang, without what looks like a secret'),
  owner: z.string().describe('who typed the command'),
  host: z.string().describe('on which machine'),
  commit: z.string().optional().describe('of the checkout that the command ran in'),
  began: z.string().describe('by the clock of that machine, ISO 8601 in UTC'),
  ended: z.string().optional().describe('missing while it runs, and for a command that was killed'),
  outcome: z.enum(['done', 'failed']).optional(),
  code: z.string().optional().describe('a code of docs/errors.md, where it failed'),
  status: z.number().optional().describe('exit status of what dojang exec ran, where it is not 0'),
} satisfies Record<Exclude<keyof AuditRecord, 'version' | 'environment'>, z.ZodType>;

export const auditAnswer = objectAnswer(
  { command: 'audit', version: 1, about: 'The commands that have changed the environment, the newest first.' },
  {
    environment,
    since: z.string().describe('ISO 8601 in UTC'),
    records: list(z.strictObject(fields)),
    leftOut: z.number().describe('older records since then that --lines leaves out'),
    unreadable: texts.describe('keys in the bucket that hold no record: of a newer dojang, or damaged'),
  },
);
