/** What `dojang down` answers. */
import { objectAnswer } from '../../runtime/answers/format.ts';
import { texts } from '../../runtime/answers/parts.ts';

export const downAnswer = objectAnswer(
  { command: 'down', version: 1, about: 'What was removed, or would be with --dry-run.' },
  {
    stacks: texts.describe('CloudFormation stacks that are deleted'),
    keep: texts.describe('resources of GCP that stay'),
    parameters: texts.describe('SSM parameters that are deleted'),
    removed: texts.describe('the same for a reader, one line each'),
    kept: texts.describe('what stays for a reader, one line each'),
  },
);
