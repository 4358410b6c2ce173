/** What `dojang status` answers. */
import { z } from 'zod';
import type { StackStatus } from '../../../lib/ports/aws.ts';
import { objectAnswer } from '../../runtime/answers/format.ts';
import { environment, list, maintenanceFields, outputs } from '../../runtime/answers/parts.ts';

const stack = z.strictObject({
  name: z.string(),
  status: z.string().describe('as CloudFormation says: UPDATE_COMPLETE; NOT_DEPLOYED when there is no such stack'),
}) satisfies z.ZodType<StackStatus>;

export const statusAnswer = objectAnswer(
  { command: 'status', version: 1, about: 'What is deployed, and whether it is wired as configured.' },
  {
    environment,
    stacks: list(stack),
    gcp: outputs.describe('outputs of the Pulumi program; empty when it is not deployed'),
    maintenance: z.strictObject(maintenanceFields).optional().describe('the maintenance page; missing where its host cannot be asked'),
    wired: z.boolean().optional().describe('whether nothing differs from the configured wiring; missing until both clouds are deployed'),
  },
);
