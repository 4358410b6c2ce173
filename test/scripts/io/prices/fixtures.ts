/** Lists in the providers' own format; they have traps: same name, other product. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Candidate, ListRead } from '../../../../lib/cost/prices/refresh/published-price.ts';
import { root } from '../../../../scripts/io/state.ts';

export const fixture = (name: string) => join(root, 'test/fixtures/prices', name);
export const all = () => true;

/** A list with something else in it, written to a folder. */
export function changed(folder: string, name: string, change: (text: string) => string): string {
  const file = join(folder, 'changed.json');
  writeFileSync(file, change(readFileSync(fixture(name), 'utf8')));
  return file;
}

export function texts(candidates: ListRead['candidates']): string[] {
  return candidates.map(
    ({ key, tiers, unit, sku }: Candidate) => `${key.service} ${key.region} ${key.item} ${tiers[0]?.usd.toFixed()} ${unit} ${sku}`,
  );
}
