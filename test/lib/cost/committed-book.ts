/** The files of the committed price book. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BookFile } from '../../../lib/cost/prices/price-book-schema.ts';
import { root } from '../../../scripts/io/state.ts';

export function committedFiles(): BookFile[] {
  const folder = join(root, 'prices');
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /^\w+\/[\w-]+\.json$/.test(name));
  return names.map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));
}
