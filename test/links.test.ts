/** Links of the documents lead somewhere. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../scripts/io/state.ts';

const documents = [
  ...['README.md', 'README.ko.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'apps/README.md'],
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
];
const links = documents.flatMap((document) => linksIn(document).map((link) => [document, link] as const));

it.each(links)('%s: %s is there', (document, link) => expect(existsSync(join(root, dirname(document), link))).toBe(true));

/** The second column of the tables of files that moved. */
const moved = [...readFileSync(join(root, 'docs/decisions/001-layout.md'), 'utf8').matchAll(/^\| `[^`]+`[^|]*\| `([^`]+)`/gm)]
  .map(([, path = '']) => path)
  .filter((path) => /^(apps|bin|gpu|lib|scripts|stacks|test)\//.test(path));

it('files that moved are where the decision on the layout says', () => {
  expect(moved.length).toBeGreaterThan(600);
  expect(moved.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

/** Paths alone: neither addresses nor the place within a page. */
function linksIn(document: string): string[] {
  const found = readFileSync(join(root, document), 'utf8').matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g);
  return [...new Set([...found].map(([, link = '']) => link))].filter((link) => !/^[a-z]+:/.test(link));
}
