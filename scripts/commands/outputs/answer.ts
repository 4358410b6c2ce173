/** What `dojang outputs` answers. */
import { objectAnswer } from '../../runtime/answers/format.ts';
import { outputs } from '../../runtime/answers/parts.ts';

export const outputsAnswer = objectAnswer(
  { command: 'outputs', version: 1, about: 'Addresses, ids and endpoints of what is deployed, by name.' },
  {
    aws: outputs.describe('outputs of the CloudFormation stacks; empty when none is deployed'),
    gcp: outputs.describe('outputs of the Pulumi program; empty when it is not deployed'),
    endpoints: outputs.describe('SSM parameters in which each host looks up the other'),
  },
);
