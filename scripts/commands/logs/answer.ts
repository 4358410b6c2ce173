/** What `dojang logs` answers. */
import { z } from 'zod';
import { objectAnswer } from '../../runtime/answers/format.ts';
import { environment, host, list } from '../../runtime/answers/parts.ts';

export const logsAnswer = objectAnswer(
  { command: 'logs', version: 1, about: 'The newest lines of the logs, the oldest of them first.' },
  {
    environment,
    component: z.enum(['web', 'api', 'ai', 'all']),
    lines: list(
      z.strictObject({
        time: z.string().describe('by the clock of the host, ISO 8601 in UTC'),
        host,
        source: z.string().describe('web, api@a or api@b (the slot), ai'),
        text: z.string().describe('as it was written; of more than 4000 characters the beginning'),
      }),
    ),
    more: z.boolean().describe('whether there are earlier lines since then that --lines leaves out'),
    unreachable: list(host).describe('hosts that could not be asked'),
  },
);
