/** What `dojang dump` answers. */
import { z } from 'zod';
import { objectAnswer } from '../../runtime/answers/format.ts';
import { environment } from '../../runtime/answers/parts.ts';

export const dumpAnswer = objectAnswer(
  { command: 'dump', version: 1, about: 'The dump of the database that was made and compared.' },
  {
    environment,
    id: z.string().describe('what dojang restore takes'),
    key: z.string().describe('where it lies in the artifact bucket; its manifest lies beside it'),
    bytes: z.number().describe('compressed'),
    seconds: z.number().describe('dumping, restoring beside it, comparing and uploading'),
    tables: z.number(),
    rows: z.number(),
  },
);
