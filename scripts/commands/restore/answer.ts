/** What `dojang restore` answers. */
import { z } from 'zod';
import { listAnswer, objectAnswer } from '../../runtime/answers/format.ts';
import { environment, list, texts } from '../../runtime/answers/parts.ts';

const at = z.string().describe('the moment that the dump shows, ISO 8601 in UTC');

export const restoreAnswer = objectAnswer(
  { command: 'restore', version: 1, about: 'What was brought back, or rehearsed.' },
  {
    environment,
    rehearsed: z.boolean().describe('true: into a scratch database, which was removed again; the service was not touched'),
    dump: z.string().describe('id of the dump'),
    at,
    to: z.string().nullable().describe('every write before this time is brought back; null: what the dump holds'),
    ends: z.string().nullable().describe('where the binary logs end before that time; null: they do not'),
    logs: z.number().describe('binary logs that were replayed'),
    steps: list(z.strictObject({ id: z.string(), seconds: z.number() })).describe('what the host did'),
    tables: list(
      z.strictObject({ name: z.string(), rows: z.number(), checksum: z.string().describe('SHA-256 over all rows in any order') }),
    ),
    downtimeSeconds: z.number().describe('while visitors saw the maintenance page; 0 of a rehearsal'),
    replaced: z.string().optional().describe('id of the dump of what was replaced; missing of a rehearsal, and where there was nothing'),
    restored: z.string().optional().describe('id of the dump of what serves now; missing of a rehearsal'),
  },
);

export const restoreListAnswer = listAnswer(
  { command: 'restore --list', version: 1, about: 'The dumps in the artifact bucket, the newest first.' },
  z.strictObject({
    id: z.string().describe('what dojang restore takes'),
    label: z.string().describe('nightly, manual, before-restore, restored, or the release that it was made before'),
    at,
    reaches: z.string().describe('how far binary logs lead from it: --to may be any time from at to this one'),
    bytes: z.number().describe('compressed'),
    tables: z.number(),
    rows: z.number(),
    migrations: texts.describe('names of the migrations that had been applied'),
  }),
);

export const restorePlanAnswer = listAnswer(
  { command: 'restore --dry-run', version: 1, about: 'The steps of a restore, in order.' },
  z.strictObject({
    id: z.string(),
    title: z.string().describe('what is done'),
    checks: z.string().describe('what must be so for it to succeed'),
    limitSeconds: z.number().optional().describe('missing: it has no limit of its own'),
    onFailure: z.string().describe('stop: the command ends; roll back: what was there before serves again; a warning: it goes on'),
    compensation: z.string().optional().describe('what undoes it; missing where nothing must be undone'),
    where: z.enum(['operator', 'host']).describe('what the host does, it carries to its end without the operator'),
    serving: z.enum(['service', 'maintenance-page']).describe('what visitors reach while it runs'),
  }),
);
