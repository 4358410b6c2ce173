/** What a misspelt name most likely means. */
import { closest, distance } from 'fastest-levenshtein';

/** More edits than this make another name of it. */
const mostEdits = 3;
/** Share of a name that may differ. */
const mostOfName = 0.4;

/**
 * The known name that is nearest to this one, whatever the case of its letters; undefined when none
 * is near.
 */
export function suggestionFor(name: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const byLowerCase = new Map(known.map((each) => [each.toLowerCase(), each]));
  const written = name.toLowerCase();
  const nearest = closest(written, [...byLowerCase.keys()]);
  const edits = distance(written, nearest);
  return edits <= mostEdits && edits <= nearest.length * mostOfName ? byLowerCase.get(nearest) : undefined;
}

/** `; did you mean Host`, or nothing where no known name is near. */
export function didYouMean(name: string, known: readonly string[]): string {
  const suggestion = suggestionFor(name, known);
  return suggestion === undefined ? '' : `; did you mean ${suggestion}`;
}
