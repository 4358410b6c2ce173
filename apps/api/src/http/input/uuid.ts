/**
 * Ids that are UUIDs in a path: one spelling each, or one row would have many names to count and to
 * lock by.
 */
import { notFound } from '../../errors.ts';

/**
 * Lower case and nothing around it, as `randomUUID` writes it. MySQL ignores spaces at the end of a
 * text that it compares, and letter case in most collations, so it cannot be left to the database.
 */
const canonical = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The id itself. @throws Problem 404 for any other text: nothing can be there. */
export function canonicalUuid(text: string | undefined): string {
  if (text === undefined || !canonical.test(text)) throw notFound();
  return text;
}
