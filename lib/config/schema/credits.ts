/** What providers gave for free: how long it lasts is what `dojang cost runway` says. */
import * as z from 'zod';
import { usd } from './fields.ts';

const day = z.iso.date({ error: (issue) => `${JSON.stringify(issue.input)} is not a day like 2026-11-23` });

export const credits = z.strictObject({
  /** The day on which spending begins. */
  since: day,
  aws: usd.optional(),
  gcp: usd.optional(),
  runpod: usd.optional(),
  /** The day from which what is left of a credit can no longer be used, by who gave it. */
  expire: z.strictObject({ aws: day.optional(), gcp: day.optional(), runpod: day.optional() }).prefault({}),
});
