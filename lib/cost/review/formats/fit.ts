/** A text that a forge takes: cut where Markdown stays Markdown. */

/** How much a place takes. */
export interface TextLimit {
  readonly most: number;
  /** How that place counts. */
  readonly sizeOf: (text: string) => number;
}

/**
 * Code units of UTF-16: never fewer than characters, and never less than a third of the bytes of
 * UTF-8.
 */
const inCharacters = (text: string): number => text.length;

const encoder = new TextEncoder();

const inBytes = (text: string): number => encoder.encode(text).length;

/**
 * GitHub refuses a longer one: its message says 65,536 characters, it was measured to store 262,144
 * bytes (dead-claudia/github-limits#13, 2025-10). So many code units are within both, as none takes
 * more than 3 bytes.
 */
export const githubComment: TextLimit = { most: 65_536, sizeOf: inCharacters };

/** GitLab refuses a longer note (gitlab-org/gitlab#426314, 2026). */
export const gitlabComment: TextLimit = { most: 1_000_000, sizeOf: inCharacters };

/**
 * The summary of a step on GitHub: 1 MiB, else the whole summary is left out (docs.github.com, job
 * summaries, 2026-11).
 */
export const jobSummary: TextLimit = { most: 1_048_576, sizeOf: inBytes };

/**
 * The lines of a text that fit, in front of its end; the last resort, when shortening its lists was
 * not enough.
 * @param end what must be there: what was cut is said in it.
 */
export function fitted(text: string, end: string, { most, sizeOf }: TextLimit): string {
  const room = most - sizeOf(closing) - sizeOf(end);
  const kept: string[] = [];
  let size = 0;
  for (const line of text.split('\n')) {
    size += sizeOf(line) + 1;
    if (size > room) break;
    kept.push(line);
  }
  return closed(kept) + end;
}

const closing = '\n\n</details>\n\n';

/** Neither a folded part that is left open, nor a line that expects another one. */
function closed(lines: readonly string[]): string {
  const text = lines.join('\n').replace(/\\$/, '');
  const open = lines.filter((line) => line === '<details>').length > lines.filter((line) => line === '</details>').length;
  return open ? `${text}${closing}` : `${text}\n\n`;
}
