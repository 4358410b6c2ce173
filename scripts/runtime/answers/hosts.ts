/** What `provision` and `deploy` do on the hosts, each also a part of `up`. */
import { z } from 'zod';
import type { StepResult } from '../../../lib/host/bash/results.ts';
import type { Released } from '../../../lib/release/summary.ts';
import { app, environment, host, list, texts } from './parts.ts';

const stepResult = z.strictObject({
  kind: z.enum(['step', 'handler']).describe('a handler runs at the end, when a step that notifies it has changed something'),
  id: z.string().describe('what --only takes'),
  state: z.enum(['ok', 'changed', 'differs', 'failed']).describe('differs: with --check, it is not as the recipe says'),
  details: texts.describe('what differed, or the end of what a failed step printed'),
}) satisfies z.ZodType<StepResult>;

export const provisionFields = {
  environment,
  mode: z.enum(['check', 'apply']).describe('check: with --check, nothing was changed'),
  hosts: list(z.strictObject({ host, results: list(stepResult) })),
};

const provisionSchema = z.strictObject(provisionFields);
export type ProvisionData = z.infer<typeof provisionSchema>;

export const released = z.strictObject({
  app,
  outcome: z.enum(['current', 'installed']).describe('current: this release was there already'),
  digest: z.string().describe('the release, by its content'),
  note: z.string().describe('what is not right though the release serves; empty mostly'),
  release: z.string().optional().describe('its id, as dojang releases lists it; missing for one from before there were records'),
  seconds: z.number().describe('of all its steps together'),
  downtimeSeconds: z.number().describe('in which the application did not serve'),
}) satisfies z.ZodType<Released>;
