/** What `dojang provision` answers. */
import { z } from 'zod';
import type { HostRecipe } from '../../../lib/host/bash/step.ts';
import { listAnswer, objectAnswer } from '../../runtime/answers/format.ts';
import { provisionFields } from '../../runtime/answers/hosts.ts';
import { host, list, texts } from '../../runtime/answers/parts.ts';

export const provisionAnswer = objectAnswer(
  { command: 'provision', version: 1, about: 'What was found or done on each host, step by step.' },
  provisionFields,
);

const limitSeconds = z.number().describe('how long it may take, in seconds');

const recipe = z.strictObject({
  host,
  steps: list(
    z.strictObject({
      id: z.string().describe('what --only takes'),
      title: z.string(),
      definitions: z.string().describe('bash functions that check and apply share'),
      check: z.string().describe('bash that prints a line for each difference'),
      apply: z.string().describe('bash that puts it right'),
      notifies: texts.describe('ids of the handlers that a change of it runs'),
      limitSeconds,
    }),
  ),
  handlers: list(
    z.strictObject({
      id: z.string().describe('as `notifies` names it'),
      title: z.string(),
      run: z.string().describe('bash'),
      limitSeconds,
    }),
  ),
  leftOut: list(z.strictObject({ id: z.string(), title: z.string(), reason: z.string().describe('why not') })).describe(
    'steps that the host does not need',
  ),
}) satisfies z.ZodType<HostRecipe>;

export const provisionPlanAnswer = listAnswer({ command: 'provision --dry-run', version: 1, about: 'The recipe of each host.' }, recipe);
