/**
 * What makes two submissions the same: the pages and the language, not the file names, line ends or
 * the engine.
 */
import { createHash } from 'node:crypto';
import type { Locale, Page } from '../contract.ts';

/**
 * SHA-256 of the locale and the normalised pages. Every part is led by its length, so that no two
 * contents run together to the same bytes.
 */
export function contentDigest(pages: readonly Page[], locale: Locale): Buffer {
  const hash = createHash('sha256');
  const add = (part: string | Buffer) => {
    const bytes = typeof part === 'string' ? Buffer.from(part) : part;
    hash.update(`${bytes.length}:`).update(bytes);
  };
  add(locale);
  for (const page of pages) {
    add(page.kind);
    add(page.kind === 'text' ? normalised(page.text) : page.data);
  }
  return hash.digest();
}

const normalised = (text: string): string =>
  text
    .normalize('NFC')
    .split(/\r\n?|\n/)
    .map((line) => line.trimEnd())
    .join('\n')
    .trim();
