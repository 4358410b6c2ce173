/** What `dojang init` answers. */
import { z } from 'zod';
import { objectAnswer } from '../../runtime/answers/format.ts';

export const initAnswer = objectAnswer(
  { command: 'init', version: 1, about: 'The configuration that was written, or would be with --dry-run.' },
  {
    file: z.string().describe('path of the configuration'),
    text: z.string().optional().describe('with --dry-run: what would be in the file'),
  },
);
