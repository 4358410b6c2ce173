/** What `dojang wire` answers. */
import { z } from 'zod';
import { objectAnswer } from '../../runtime/answers/format.ts';
import { host, list, rule, secretReader, texts } from '../../runtime/answers/parts.ts';
import { wiringFields } from '../../runtime/answers/wiring.ts';

export const wireAnswer = objectAnswer(
  { command: 'wire', version: 1, about: 'What must be, and what differed from it before the repair.' },
  wiringFields,
);

const parameters = z
  .strictObject({ certificate: z.string().describe('SSM parameter'), key: z.string().describe('SSM parameter, encrypted') })
  .describe('where it is stored');

export const wirePlanAnswer = objectAnswer(
  { command: 'wire --dry-run', version: 1, about: 'What wire manages, from the configuration alone.' },
  {
    rules: list(rule).describe('an address that is not known yet is in angle brackets'),
    endpoints: texts.describe('SSM parameters in which each host looks up the other'),
    authority: parameters,
    certificates: list(
      z.strictObject({
        id: z.enum(['aws-peer', 'gcp-peer', 'site']).describe('what --rotate takes'),
        host,
        commonName: z.string(),
        use: z.enum(['client', 'server']).describe('how its host shows it'),
        parameters,
      }),
    ),
    secrets: list(
      z.strictObject({
        name: z.string().describe('what --rotate takes, when it is made'),
        parameter: z.string().describe('SSM parameter, encrypted'),
        host: secretReader,
        from: z.enum(['made', 'given']).describe('made by wire, or given by the operator'),
      }),
    ),
    anew: texts.describe('what --rotate makes anew'),
  },
);
