/** Which version of its code an embedded cloud runs. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A hash of the sources in a folder and of what else decides what the process does. */
export function versionOf(folder: string, ...others: readonly string[]): string {
  const hash = createHash('sha256');
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(py|ts|txt)$/.test(name));
  for (const name of sources.sort()) hash.update(`${name}\n`).update(readFileSync(join(folder, name)));
  for (const other of others) hash.update(`${other}\n`);
  return hash.digest('hex').slice(0, 16);
}
