/**
 * `npm run docs`: writes the documents that are made from code and data. With `--check` it writes
 * nothing, and fails when one is old.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../io/state.ts';
import { errorsPage } from './errors-page.ts';
import { jsonPage } from './json-page/page.ts';
import { releasesPage } from './releases-page/page.ts';
import { currentSourceFigures } from './source-figures/current.ts';

/** Each by its path in `docs`. */
const generated = { 'errors.md': errorsPage, 'json.md': jsonPage, 'releases.md': releasesPage, 'source-figures.md': currentSourceFigures };

const checkOnly = process.argv.includes('--check');
const old = Object.entries(generated).filter(([name, textOf]) => {
  const file = join(root, 'docs', name);
  const text = textOf();
  if (text === readFileSync(file, { encoding: 'utf8', flag: 'a+' })) return false;
  if (!checkOnly) writeFileSync(file, text);
  return true;
});
for (const [name] of old) process.stdout.write(`docs/${name} ${checkOnly ? 'is old: npm run docs writes it' : 'written'}\n`);
process.exitCode = checkOnly && old.length > 0 ? 1 : 0;
