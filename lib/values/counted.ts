/** Words for one thing and for several: Intl.PluralRules. */
const rules = new Intl.PluralRules('en');

/** `step` for 1, `steps` for any other number. `many` where the plural is not made by an s. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return rules.select(count) === 'one' ? one : many;
}

/** `1 step`, `3 steps`. */
export function counted(count: number, one: string, many?: string): string {
  return `${count} ${plural(count, one, many)}`;
}
