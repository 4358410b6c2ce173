/** The kinds of fields that several requests share. */
import { z } from '@hono/zod-openapi';
import { textFault } from './user-text.ts';

/** Far beyond any rent in Korea, far below what a number can hold exactly. */
const mostWon = 1_000_000_000_000;

export const won = z.int('must be a whole number').min(0, 'must not be negative').max(mostWon, `must be at most ${mostWon}`);

/**
 * Text as people write it (user-text.ts). The length is looked at first; nothing else is, when it
 * is too long.
 */
export function text(most: number) {
  return limited(z.string('must be a text').trim(), most);
}

export function requiredText(most: number) {
  return limited(z.string('must be a text').trim().min(1, { error: 'is missing', abort: true }), most);
}

function limited(schema: z.ZodString, most: number) {
  return schema.max(most, { error: `must have at most ${most} characters`, abort: true }).superRefine((value, context) => {
    const fault = textFault(value);
    if (fault) context.addIssue({ code: 'custom', message: fault });
  });
}

/**
 * Texts of one form, at most so many: counted before any of them is looked at, so that a long list
 * costs no more than a short one.
 */
export function list(form: RegExp, { most, otherwise }: { readonly most: number; readonly otherwise: string }) {
  return z
    .array(z.unknown(), 'must be a list')
    .max(most, { error: `must have at most ${most} items`, abort: true })
    .pipe(z.array(z.string(otherwise).regex(form, otherwise)))
    .openapi({ type: 'array', maxItems: most, items: { type: 'string', pattern: form.source } });
}

/** Years that MySQL can hold and a house can have been looked at in. */
const firstDay = '1900-01-01';
const lastDay = '2199-12-31';

/** Like `2026-11-21`. */
export const day = z.iso
  .date({ error: 'must be a day like 2026-11-21', abort: true })
  .refine((value) => value >= firstDay && value <= lastDay, `must be from ${firstDay} to ${lastDay}`);

/** Digits alone: no sign, exponent, hexadecimal or space. */
export function wholeNumber({ least, most }: { readonly least: number; readonly most: number }) {
  return z
    .string('must be given once')
    .regex(/^\d{1,15}$/, { error: 'must be a whole number in decimal digits', abort: true })
    .transform(Number)
    .pipe(z.int().min(least, `must be at least ${least}`).max(most, `must be at most ${most}`))
    .openapi({ type: 'integer', minimum: least, maximum: most });
}

/** Ids are numbers in the database and texts everywhere else. */
export const id = z.string('must be given once').regex(/^[1-9]\d{0,18}$/, 'is not an id');

export const idParameter = z.object({ id: id.openapi({ param: { name: 'id', in: 'path' } }) });

export const instant = z.iso.datetime();
