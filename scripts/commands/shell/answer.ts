/** What `dojang shell` answers. */
import { z } from 'zod';
import { objectAnswer } from '../../runtime/answers/format.ts';
import { environment, host } from '../../runtime/answers/parts.ts';

export const shellAnswer = objectAnswer(
  { command: 'shell', version: 1, about: 'That a shell on a host has ended.' },
  { environment, host, status: z.number().describe('exit status of the shell, or of Session Manager') },
);
