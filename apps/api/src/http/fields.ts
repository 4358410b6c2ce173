/** The kinds of fields that several requests share. */
import { z } from '@hono/zod-openapi';

/** Far beyond any rent in Korea, far below what a number can hold exactly. */
const mostWon = 1_000_000_000_000;

export const won = z.int('must be a whole number').min(0, 'must not be negative').max(mostWon, `must be at most ${mostWon}`);

/** Text as people write it; characters that cannot be shown are refused, a line break is not one of them. */
export function text(most: number) {
  return z
    .string('must be a text')
    .trim()
    .max(most, `must have at most ${most} characters`)
    .refine((value) => value.isWellFormed() && !unprintable.test(value), 'has characters that cannot be shown');
}

const unprintable = /[^\P{Cc}\t\n\r]/u;

export function requiredText(most: number) {
  return text(most).min(1, 'is missing');
}

/** Ids are numbers in the database and texts everywhere else. */
export const id = z.string().regex(/^[1-9]\d{0,18}$/, 'is not an id');

export const idParameter = z.object({ id: id.openapi({ param: { name: 'id', in: 'path' } }) });

export const instant = z.iso.datetime();
