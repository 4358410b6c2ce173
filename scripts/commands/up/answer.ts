/** What `dojang up` answers. */
import { z } from 'zod';
import type { Action, Step } from '../../../lib/deployment/up-plan.ts';
import { listAnswer, objectAnswer } from '../../runtime/answers/format.ts';
import { environment, list, resourceChange, texts } from '../../runtime/answers/parts.ts';
import { wiringFields } from '../../runtime/answers/wiring.ts';

export const upAnswer = objectAnswer(
  { command: 'up', version: 1, about: 'What was changed, and the wiring; what a chosen set of steps does not learn is missing.' },
  {
    environment,
    url: z.string().optional().describe('where the service answers; missing when it was not released'),
    changes: list(resourceChange).optional().describe('what differed in the clouds before'),
    ...z.strictObject(wiringFields).partial().shape,
  },
);

const action = z.union([
  z.strictObject({
    do: z.literal('preflight').describe('what the step does'),
    hosts: z.boolean().describe('whether it also asks what the machines need'),
  }),
  z.strictObject({ do: z.literal('bootstrap'), cloud: z.literal('aws') }),
  z.strictObject({ do: z.literal('deploy'), cloud: z.literal('aws'), stacks: texts.describe('CloudFormation stacks') }),
  z.strictObject({ do: z.literal('deploy'), cloud: z.literal('gcp'), zones: texts.describe('zones in the order they are tried') }),
  z.strictObject({ do: z.enum(['guard', 'wire', 'join', 'provision', 'release']) }),
]) satisfies z.ZodType<Action>;

const step = z.strictObject({
  id: z.string().describe('what --only takes'),
  title: z.string(),
  after: texts.describe('ids of the steps that must have succeeded before'),
  action: action.describe('what a step does; the other fields depend on `do`'),
}) satisfies z.ZodType<Step>;

export const upPlanAnswer = listAnswer({ command: 'up --dry-run', version: 1, about: 'The steps that would be taken.' }, step);
