/** Two or three homes side by side. */

export const mostCompared = 3;

/** Which of the values are the lowest; none when they are all the same or only one is known. */
export function lowest(values: readonly (number | null | undefined)[]): boolean[] {
  const known = values.filter((value): value is number => typeof value === 'number');
  const least = Math.min(...known);
  const differ = known.some((value) => value !== least);
  return values.map((value) => differ && value === least);
}

/** Adds or takes away; one more than can be compared is not taken. */
export function chosen(ids: readonly string[], id: string): readonly string[] {
  if (ids.includes(id)) return ids.filter((each) => each !== id);
  return ids.length < mostCompared ? [...ids, id] : ids;
}
