/** What `dojang report` answers. */
import { z } from 'zod';
import { change, monthly } from '../../runtime/answers/cost.ts';
import { objectAnswer } from '../../runtime/answers/format.ts';
import { environment } from '../../runtime/answers/parts.ts';

export const reportAnswer = objectAnswer(
  { command: 'report', version: 1, about: 'The file that was written.' },
  {
    environment,
    file: z.string().describe('path, as --output has it'),
    bytes: z.number().describe('size of the file'),
    total: monthly,
    change: change.optional().describe('USD a month since --base, as far as it is known; missing without one'),
  },
);
