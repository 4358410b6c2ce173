/** What `dojang releases` answers. */
import { z } from 'zod';
import type { ReleaseRow } from '../../../lib/release/release-rows.ts';
import { objectAnswer } from '../../runtime/answers/format.ts';
import { app, environment, list, texts } from '../../runtime/answers/parts.ts';

const row = z.strictObject({
  id: z.string().describe('what dojang rollback takes'),
  verb: z.enum(['deploy', 'rollback']),
  component: app,
  outcome: z
    .enum(['running', 'interrupted', 'serving', 'superseded', 'rolled-back', 'failed'])
    .describe('running: a command is at work, or was ended and is to be run again; interrupted: it was ended, and others came after it'),
  bad: z.boolean().describe('it did not serve by its own fault: a rollback skips it'),
  commit: z.string().optional().describe('missing for a build outside a git repository'),
  subject: z.string().optional().describe('first line of the message of the commit'),
  digest: z.string().describe('the release, by its content'),
  who: z.string().describe('who typed the command, and on which machine'),
  since: z.string().describe('when it began, by the clock of that machine, ISO 8601 in UTC'),
  seconds: z.number().describe('of all its steps together'),
  downtimeSeconds: z.number(),
  dump: z.string().optional().describe('the dump that was made before it'),
  reason: z.string().optional().describe('why it does not serve'),
}) satisfies z.ZodType<ReleaseRow>;

export const releasesAnswer = objectAnswer(
  { command: 'releases', version: 1, about: 'The last 100 releases of an environment, newest first.' },
  {
    environment,
    releases: list(row),
    unreadable: texts.describe('ids of records that cannot be read: cut off, or of a later version of dojang'),
  },
);
