/** What `dojang deploy` answers. */
import { z } from 'zod';
import { listAnswer } from '../../runtime/answers/format.ts';
import { released } from '../../runtime/answers/hosts.ts';
import { app, host } from '../../runtime/answers/parts.ts';

export const deployAnswer = listAnswer(
  { command: 'deploy', version: 1, about: 'The releases that serve now, one for each application.' },
  released,
);

export const deployPlanAnswer = listAnswer(
  { command: 'deploy --dry-run', version: 1, about: 'What would be installed, one entry for each application.' },
  z.strictObject({ app, host, script: z.string().describe('bash that would run on the host; the digest is known only after the build') }),
);
