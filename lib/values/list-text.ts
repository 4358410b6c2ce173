/** Several things in a sentence: Intl.ListFormat. */
const formats = { and: new Intl.ListFormat('en', { type: 'conjunction' }), or: new Intl.ListFormat('en', { type: 'disjunction' }) };

/** `aws`, `aws and gcp`, `web, api, and ai`; with `or` where one of them is meant. */
export function listText(items: readonly string[], word: keyof typeof formats = 'and'): string {
  return formats[word].format(items);
}
