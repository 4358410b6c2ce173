/** A house note: what a person wrote down about a house they looked at. */
import { z } from '@hono/zod-openapi';
import { instant, requiredText, text, won } from '../http/fields.ts';

const itemId = z.string().regex(/^[a-z0-9-]{1,60}$/, 'is not an item of the checklist');

export const noteInput = z
  .object({
    title: requiredText(100),
    address: text(200).nullish(),
    deposit: won.nullish(),
    monthlyRent: won.nullish(),
    memo: text(10_000).nullish(),
    visitedOn: z.iso.date('must be a day like 2026-11-21').nullish(),
    checked: z.array(itemId).max(200, 'has more than 200 items').default([]),
  })
  .openapi('NoteInput');

export const note = z
  .object({
    id: z.string(),
    title: z.string(),
    address: z.string().nullable(),
    deposit: z.int().nullable(),
    monthlyRent: z.int().nullable(),
    memo: z.string().nullable(),
    visitedOn: z.iso.date().nullable(),
    checked: z.array(z.string()),
    createdAt: instant,
  })
  .openapi('Note');

export type NoteInput = z.output<typeof noteInput>;
export type Note = z.output<typeof note>;
