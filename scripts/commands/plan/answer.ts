/** What `dojang plan` answers. */
import { z } from 'zod';
import type { PlanReport } from '../../../lib/inventory/plan-report.ts';
import type { Json, PlannedResource } from '../../../lib/inventory/resource.ts';
import type { PolicyFindings } from '../../../stacks/findings.ts';
import { atLeast, byProvider, change, creditUntil, knownMonthly, provider } from '../../runtime/answers/cost.ts';
import { objectAnswer } from '../../runtime/answers/format.ts';
import { environment, list, resourceChange, resourceName, resourceProvider, texts } from '../../runtime/answers/parts.ts';

const finding = {
  id: z.string().describe('rule, as the policy checks name it'),
  at: z.string().describe('path of the construct in the CDK app'),
};

const policy = z.strictObject({
  open: list(z.strictObject({ ...finding, description: z.string() })).describe('findings that are not accepted'),
  acknowledged: list(z.strictObject({ ...finding, description: z.string(), reason: z.string().describe('why it is accepted') })),
  stale: list(z.strictObject({ ...finding, reason: z.string().describe('why it was accepted') })).describe(
    'acknowledgements of what is no longer found',
  ),
}) satisfies z.ZodType<PolicyFindings>;

const cost = z.strictObject({
  total: knownMonthly,
  atLeast,
  change: change.optional().describe('USD a month more than the committed plan, as far as it is known; missing without one'),
  byProvider,
  unknown: z.number().describe('how many lines and resources have no amount'),
  opened: z.number().optional().describe('how many of them are new in this plan; missing without a committed one'),
  creditSooner: list(provider).describe('providers whose credit may end before the day of creditUntil'),
  creditUntil,
});

const changes = {
  changes: list(resourceChange),
  refused: list(resourceChange).describe('changes that lose something and are not approved'),
};

const plannedResource = z.strictObject({
  cloud: resourceProvider,
  ...resourceName,
  properties: z.record(z.string(), z.json() as z.ZodType<Json>).describe('inputs as declared; a reference is { "ref": id }'),
  retained: z.literal(true).optional().describe('kept when its stack is deleted; missing when it is not'),
}) satisfies z.ZodType<PlannedResource>;

const reportFields = {
  environment,
  regions: z.strictObject({
    aws: z.string().describe('region'),
    gcp: z.string().describe('zone that is tried first'),
  }),
  compared: z.boolean().describe('whether there is a committed plan to compare with'),
  groups: list(
    z.strictObject({
      cloud: resourceProvider,
      stack: resourceName.stack,
      resources: z.number().describe('how many'),
      notable: texts.describe('the best known of them, in words'),
      keepsData: z.boolean().describe('whether one of them holds data'),
    }),
  ).describe('one for each stack or component'),
  wire: z.string().describe('what the clouds let each other do, in words'),
  ...changes,
};

export const planAnswer = objectAnswer(
  { command: 'plan', version: 1, about: 'What the code plans, compared with the committed plan.' },
  {
    ...(reportFields satisfies Record<keyof PlanReport, z.ZodType>),
    cost: cost.describe('of a month, at the committed prices'),
    policy: policy.optional().describe('with --findings: what the policy checks find'),
    resources: list(plannedResource).describe('all that is planned'),
  },
);

export const planLiveAnswer = objectAnswer(
  { command: 'plan --live', version: 1, about: 'What a deployment would change, as the clouds say.' },
  { environment, ...changes },
);
