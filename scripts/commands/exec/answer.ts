/** What `dojang exec` answers. */
import { z } from 'zod';
import { objectAnswer } from '../../runtime/answers/format.ts';
import { environment, host } from '../../runtime/answers/parts.ts';

export const execAnswer = objectAnswer(
  { command: 'exec', version: 1, about: 'What a command on a host printed, and how it ended.' },
  {
    environment,
    host,
    status: z.number().describe('exit status of the command, which is also that of dojang'),
    stdout: z.string().describe('of more than 23,500 bytes the beginning and the end, with a line between them that says so'),
    stderr: z.string().describe('the same of more than 7,500 bytes'),
  },
);
