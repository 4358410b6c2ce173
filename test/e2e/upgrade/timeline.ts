/** What the embedded clouds and their hosts have logged, side by side in the order of time. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clone } from '../clone.ts';

const logs = ['hosts', 'aws', 'gcp'];

/** Lines with their times, since this moment. */
export function timeline({ folder }: Clone, since: Date): string[] {
  const files = logs.map((part) => join(folder, '.dojang/local', part, 'daemon.log')).filter(existsSync);
  const lines = files.flatMap((file) => readFileSync(file, 'utf8').split('\n'));
  return lines.filter((line) => /^\d{4}-\d\d-\d\dT[\d:.]+Z /.test(line) && line >= since.toISOString()).sort();
}

/**
 * Places of the first line that fits each pattern, in the order of the patterns; -1 where none
 * does.
 */
export function placesOf(lines: readonly string[], patterns: readonly RegExp[]): number[] {
  return patterns.map((pattern) => lines.findIndex((line) => pattern.test(line)));
}
