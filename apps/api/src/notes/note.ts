/** A house note: what a person wrote down about a house they looked at. */
import { z } from '@hono/zod-openapi';
import { day, instant, list, requiredText, text, won } from '../http/fields.ts';

const itemId = /^[a-z0-9-]{1,60}$/;

export const noteInput = z
  .object({
    title: requiredText(100),
    address: text(200).nullish(),
    deposit: won.nullish(),
    monthlyRent: won.nullish(),
    memo: text(10_000).nullish(),
    visitedOn: day.nullish(),
    checked: list(itemId, { most: 200, otherwise: 'is not an item of the checklist' }).default([]),
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
