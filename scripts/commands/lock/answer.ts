/** What `dojang lock ...` answers. */
import { z } from 'zod';
import { objectAnswer } from '../../runtime/answers/format.ts';

const holder = {
  owner: z.string().describe('who typed the command'),
  host: z.string().describe('on which machine'),
  process: z.int().describe('its process there'),
  verb: z.string(),
  since: z.string().describe('by the clock of that machine, ISO 8601 in UTC'),
};

const state = {
  environment: z.string(),
  locked: z.boolean(),
  holder: z.strictObject(holder).optional().describe('missing when it is not locked, or its record cannot be read'),
};

export const lockStatusAnswer = objectAnswer(
  { command: 'lock status', version: 1, about: 'Which command holds the lock of the environment.' },
  { ...state, secondsLeft: z.number().optional().describe('until it expires unless it is renewed; missing when it is not locked') },
);

export const lockReleaseAnswer = objectAnswer(
  { command: 'lock release', version: 1, about: 'The lock that was released by hand.' },
  { ...state, locked: z.boolean().describe('whether there was one') },
);
