/** What `dojang local ...` answers. */
import { z } from 'zod';
import { listAnswer, mapAnswer, objectAnswer } from '../../runtime/answers/format.ts';
import { texts } from '../../runtime/answers/parts.ts';

export const localEnvAnswer = mapAnswer(
  { command: 'local env', version: 1, about: 'The variables that point other tools at the embedded clouds, by name.' },
  z.string().describe('value of the variable with this name'),
);

export const localConfirmAnswer = listAnswer(
  { command: 'local confirm', version: 1, about: 'The subscriptions that were confirmed, one for each mail.' },
  z.strictObject({
    from: z.string().describe('sender of the mail'),
    to: z.string().describe('address that is confirmed'),
    subject: z.string().describe('of the mail'),
    topicArn: z.string().describe('topic of SNS'),
  }),
);

export const localDomainAnswer = objectAnswer(
  { command: 'local domain', version: 1, about: 'Where the domain points on the embedded internet.' },
  { domain: z.string(), address: z.string().nullable().describe('IPv4; null without a DNS record') },
);

const seconds = z.number().optional();

export const localFaultAnswer = objectAnswer(
  { command: 'local fault', version: 1, about: 'The faults that the embedded clouds have now.' },
  {
    stockout: texts.describe('zones that have no T4 left'),
    quota: texts.describe('zones whose quota allows no T4'),
    serviceDisabled: texts.describe('Google APIs that refuse'),
    for: z.number().optional().describe('how many requests they refuse; missing for all'),
    retiredImage: texts.describe('image families that are published no more'),
    preflight: texts.describe('what dojang preflight is to find'),
    firstBootLocks: seconds.describe('seconds that new machines hold the locks of packages'),
    lateAgent: seconds.describe('seconds after which the agent of the aws host registers'),
    rebootRequired: z.boolean().optional().describe('whether booted hosts ask for a restart'),
  },
);
