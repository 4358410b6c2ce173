/** A house note: a user's notes about a house that they visited. */
import { z } from '@hono/zod-openapi';
import { day, id, instant, list, requiredText, text, wholeNumber, won } from '../http/input/fields.ts';

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

/**
 * `before` is the `next` of the page before. A note has up to 10,000 characters, so a page has
 * fewer than there may be.
 */
export const noteQuery = z.object({ before: id.optional(), limit: wholeNumber({ least: 1, most: 50 }).default(50) });

export const notePage = z.object({ items: z.array(note), next: z.string().nullable() }).openapi('Notes');

export type NoteQuery = z.output<typeof noteQuery>;
export type NotePage = z.output<typeof notePage>;
export type NoteInput = z.output<typeof noteInput>;
export type Note = z.output<typeof note>;
