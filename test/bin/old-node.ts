/**
 * A `node` that is too old for this project: it calls itself 20.1.0 and does not read TypeScript.
 */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const version = 'Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.1.0" } })';
const flags = ['--no-strip-types', '--import', `data:text/javascript,${encodeURIComponent(version)}`];

/** Writes it as `node` into a new folder, and answers the folder. */
export function oldNodeIn(folder: string): string {
  mkdirSync(folder);
  const file = join(folder, 'node');
  writeFileSync(file, `#!/bin/sh\nexec '${process.execPath}' ${flags.map((flag) => `'${flag}'`).join(' ')} "$@"\n`);
  chmodSync(file, 0o755);
  return folder;
}
