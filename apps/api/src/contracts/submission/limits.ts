/**
 * What one contract may hold. All figures are here; the settings may change them (apps/README.md).
 */

export interface ContentLimits {
  readonly maxPages: number;
  /** Of all pages together, as they are sent. */
  readonly maxBytes: number;
  /**
   * UTF-16 code units of all pages that are text; PDFs and pictures are counted by the AI server,
   * which reads them.
   */
  readonly maxCharacters: number;
  readonly maxPageCharacters: number;
}

/**
 * A dense page of a lease has 2,500 characters.
 * - All pages: 8,000 for each of 30. The AI server reads as many or more (its settings of the
 *   same names); it counts code points, of which a text has at most as many as code units. So what
 *   is accepted here is accepted there.
 * - One page: 16 dense pages, because people paste a whole contract as one.
 */
export const defaultLimits: ContentLimits = { maxPages: 30, maxBytes: 20 << 20, maxCharacters: 240_000, maxPageCharacters: 40_000 };

/** What a form needs beside its files. */
const formOverhead = 256 * 1024;
/** A code unit as JSON may be escaped: `\u0041`. */
const escapedBytes = 6;
/** Names and brackets around the texts of a JSON body. */
const jsonOverhead = 64 * 1024;

export type BodyKind = 'form' | 'json';

/** Largest body that can hold a contract within the limits. */
export function bodyBytes(kind: BodyKind, { maxBytes, maxCharacters }: ContentLimits): number {
  const form = maxBytes + formOverhead;
  return kind === 'form' ? form : Math.min(form, maxCharacters * escapedBytes + jsonOverhead);
}

/**
 * No encoding of text that is read takes more bytes for a code unit, apart from a byte order mark.
 */
export const mostBytesPerUnit = 3;
