/** Markdown that shows a text as it is, whatever a resource is called. */
import { markdownTable } from 'markdown-table';

/** Text outside of code: nothing in it becomes markup, a link, a mention or a cell of its own. */
export function plain(text: string): string {
  return oneLine(text)
    .replaceAll('&', '&amp;')
    .replace(/[\\`*_{}[\]<>#|~!$]/g, (mark) => `\\${mark}`)
    .replace(linking, '$&\u200b');
}

/**
 * Where a forge begins a link of its own: a mention, an address, `#12`, `!12`. No backslash stops
 * it; a space without width does.
 */
const linking = /@|:(?=\/\/)|www(?=\.)|[#!](?=\d)/gi;

/** Text as code. A fence longer than any run of backticks in it. */
export function code(text: string): string {
  // Without anything between them backticks are text; a space between them is code that shows
  // nothing.
  const inner = oneLine(text).replaceAll('|', '\\|') || ' ';
  const longest = Math.max(0, ...[...inner.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest > 0 ? `${fence} ${inner} ${fence}` : `${fence}${inner}${fence}`;
}

export function folded(summary: string, lines: readonly string[]): string[] {
  return ['<details>', `<summary>${summary}</summary>`, '', ...lines, '', '</details>'];
}

/**
 * A table whose first columns are text and the last `numbers` columns figures; `dense` without
 * spaces that only line up its source.
 */
export function table(rows: readonly (readonly string[])[], numbers: number, { dense = false }: { readonly dense?: boolean } = {}): string {
  const columns = rows[0]?.length ?? 0;
  const align = Array.from({ length: columns }, (_, index) => (index >= columns - numbers ? 'r' : 'l'));
  return markdownTable(rows, { align, alignDelimiters: !dense });
}

/** Longest name that a comment shows whole; what stands in a list of all is not cut. */
const longestName = 80;
/** Longest sentence that the names of a plan are part of. */
const longestSentence = 400;

/** A name as code, cut when it is very long. */
export function nameCode(name: string): string {
  return code(shortened(name, longestName));
}

export function plainName(name: string): string {
  return plain(shortened(name, longestName));
}

export function plainSentence(text: string): string {
  return plain(shortened(text, longestSentence));
}

/** Cut between characters, and never within one that is written with several. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  let kept = '';
  for (const { segment } of graphemes.segment(text.slice(0, most * 8))) {
    if (kept.length + segment.length >= most) break;
    kept += segment;
  }
  return `${kept}…`;
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The first of a list, and how many more there are. */
export function firstOf<T>(items: readonly T[], most: number): { readonly shown: readonly T[]; readonly more: number } {
  // One line that says "1 more" takes as much room as the one.
  const shown = items.length <= most + 1 ? items : items.slice(0, most);
  return { shown, more: items.length - shown.length };
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
