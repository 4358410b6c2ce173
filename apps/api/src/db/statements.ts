/** The statements of a migration file. */

/**
 * A line of its own that stands between two statements; so nothing needs to understand SQL's quotes
 * and comments.
 */
const separator = /^-- statement\s*$/m;

/** A part in which nothing but comments is left is no statement. */
export function statementsOf(sql: string): string[] {
  return sql
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part.split('\n').some((line) => line.trim() !== '' && !line.trim().startsWith('--')));
}
