/**
 * Every code of the table is used, and the page of them is up to date. That no other is used is a
 * matter of types.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { errorCodes } from '../../../lib/errors/codes.ts';
import { errorsPage } from '../../../scripts/dev/docs/errors-page.ts';
import { root } from '../../../scripts/io/state.ts';

const folders = ['lib', 'scripts', 'gpu', 'stacks', 'bin'];
const table = 'lib/errors/codes.ts';
const files = folders
  .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)))
  .filter((name) => name.endsWith('.ts'));
const sources = files
  .filter((name) => name !== table)
  .map((name) => readFileSync(join(root, name), 'utf8'))
  .join('\n');
/** CloudFormation's work names its failure. */
const composed =
  sources
    .match(/type Work = ([^;]+);/)?.[1]
    ?.match(/[a-z]+/g)
    ?.map((work) => `${work}-failed`) ?? [];

describe('a code of an error', () => {
  it('is not looked for in the table itself', () => {
    expect(files).toContain(table);
    expect(sources).not.toContain('as const satisfies Readonly<Record<string, string>>;\n\nexport type ErrorCode');
  });

  it.each(Object.keys(errorCodes))('%s is used', (code) => {
    expect(composed.includes(code) || new RegExp(`['"]${code}['"]`).test(sources)).toBe(true);
  });

  it.each(Object.entries(errorCodes))('%s is described in a sentence', (_, text) => expect(text).toMatch(/^[\w`'].{10,100}\.$/));
});

it('docs/errors.md lists them', () => expect(readFileSync(join(root, 'docs/errors.md'), 'utf8')).toBe(errorsPage()));
