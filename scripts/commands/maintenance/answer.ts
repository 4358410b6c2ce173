/** What `dojang maintenance ...` answers. */
import { z } from 'zod';
import { objectAnswer } from '../../runtime/answers/format.ts';
import { environment, maintenanceFields } from '../../runtime/answers/parts.ts';

const fields = { environment, ...maintenanceFields };

export const maintenanceOnAnswer = objectAnswer(
  { command: 'maintenance on', version: 1, about: 'The maintenance page, which visitors get from now on.' },
  fields,
);

export const maintenanceOffAnswer = objectAnswer(
  { command: 'maintenance off', version: 1, about: 'The maintenance page, which visitors get no more.' },
  { ...fields, was: z.strictObject(maintenanceFields).describe('before the command') },
);

export const maintenanceStatusAnswer = objectAnswer(
  { command: 'maintenance status', version: 1, about: 'Whether visitors get the maintenance page.' },
  fields,
);
