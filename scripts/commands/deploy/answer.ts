/** What `dojang deploy` answers. */
import { z } from 'zod';
import { listAnswer } from '../../runtime/answers/format.ts';
import { released } from '../../runtime/answers/hosts.ts';
import { app, host, list } from '../../runtime/answers/parts.ts';

export const deployAnswer = listAnswer(
  { command: 'deploy', version: 1, about: 'The releases that serve now, one for each application.' },
  released,
);

const finalFailure = z.enum(['stop', 'roll-back', 'continue']);

const planStep = z.strictObject({
  id: z.string(),
  title: z.string().describe('what is done'),
  checks: z.string().describe('what must be so for it to succeed'),
  limitSeconds: z.number().optional().describe('missing: it has no limit of its own'),
  onFailure: z
    .union([
      z.strictObject({ do: finalFailure }),
      z.strictObject({ do: z.literal('retry'), times: z.number(), pauseSeconds: z.number(), afterwards: finalFailure }),
    ])
    .describe('stop: the command ends; roll-back: what the steps did is undone; continue: a warning'),
  compensation: z.string().optional().describe('what undoes it; missing where nothing must be undone'),
  serving: z.enum(['old', 'new', 'none']).describe('which release serves while it runs; none: there is a gap'),
  manualSteps: list(z.number()).describe('rows of the manual that it replaces, as docs/releases.md lists them'),
});

export const deployPlanAnswer = listAnswer(
  { command: 'deploy --dry-run', version: 1, about: 'What would be installed, one entry for each application.' },
  z.strictObject({
    app,
    host,
    script: z.string().describe('bash that would run on the host; the digest is known only after the build'),
    steps: list(planStep).describe('what is done, in order; from unpack to prune they are parts of the script'),
  }),
);
