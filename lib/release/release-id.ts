/** Names of releases: the day, and the number of that day in the environment. */

/** `2026-11-28.3`. */
export const releaseIdPattern = /^\d{4}-\d{2}-\d{2}\.[1-9]\d{0,5}$/;

/**
 * The next one of a day: after the highest, also where numbers between are missing.
 * @param day like `2026-11-28`
 * @param records those of all components
 */
export function releaseId(day: string, records: readonly { readonly id: string }[]): string {
  const numbers = records.map(({ id }) => split(id)).filter((each) => each.day === day);
  return `${day}.${numbers.reduce((highest, { number }) => Math.max(highest, number), 0) + 1}`;
}

/** Negative when the first is older. `2026-11-28.10` is newer than `2026-11-28.9`. */
export function compareReleaseIds(one: string, other: string): number {
  const [first, second] = [split(one), split(other)];
  if (first.day !== second.day) return first.day < second.day ? -1 : 1;
  return first.number - second.number;
}

function split(id: string): { readonly day: string; readonly number: number } {
  const [day = '', number = ''] = id.split('.');
  return { day, number: Number(number) };
}
