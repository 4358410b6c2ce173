/** Pages as the bytes that are stored. */
import type { Page } from '../contract.ts';

export const bytesOf = (page: Page): Buffer => (page.kind === 'text' ? Buffer.from(page.text) : page.data);

export const pageBytes = (pages: readonly Page[]): number =>
  pages.reduce((sum, page) => sum + (page.kind === 'text' ? Buffer.byteLength(page.text) : page.data.length), 0);
