/** What `dojang rollback` answers. */
import { z } from 'zod';
import { listAnswer } from '../../runtime/answers/format.ts';
import { released } from '../../runtime/answers/hosts.ts';
import { app, list } from '../../runtime/answers/parts.ts';

export const rollbackAnswer = listAnswer(
  { command: 'rollback', version: 1, about: 'The releases that serve again, one for each application.' },
  released,
);

export const rollbackPlanAnswer = listAnswer(
  { command: 'rollback --dry-run', version: 1, about: 'Which release would serve again, one entry for each application.' },
  z.strictObject({
    app,
    from: z.string().optional().describe('the release that serves now; missing where none is recorded'),
    to: z.string().describe('the release that would serve'),
    steps: list(z.strictObject({ id: z.string(), title: z.string(), checks: z.string() })).describe('what is done, in order'),
  }),
);
