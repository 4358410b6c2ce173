/** Comments stay within 100 columns, so that they can be read beside a difference. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../scripts/io/state.ts';

const columns = 100;
const files = execFileSync('git', ['ls-files', '*.ts', '*.tsx', '*.mjs', '*.css', '*.go', '*.py'], { cwd: root, encoding: 'utf8' });

it('are within 100 columns, but for tables and for addresses, which cannot be broken', () => {
  const long = files
    .split('\n')
    .filter(Boolean)
    .flatMap((file) => tooLong(readFileSync(join(root, file), 'utf8')).map((number) => `${file}:${number}`));
  expect(long).toEqual([]);
});

it.each([
  [`// ${'word '.repeat(20)}`, [1]],
  [` * ${'word '.repeat(20)}`, [1]],
  [`/** ${'word '.repeat(20)} */`, [1]],
  [`# ${'word '.repeat(20)}`, [1]],
  [`first();\n  // ${'word '.repeat(20)}`, [2]],
  [`// ${'word '.repeat(10)}`, []],
  [` * https://example.com/${'a'.repeat(100)}`, []],
  [` * | a | ${'b'.repeat(100)} |`, []],
  [`#method(${'argument, '.repeat(12)})`, []],
  [`const code = ${'value + '.repeat(14)} 1`, []],
])('%j has too long ones in lines %j', (source, lines) => expect(tooLong(source)).toEqual(lines));

function tooLong(source: string): number[] {
  return source.split('\n').flatMap((line, index) => (line.length > columns && isProse(line) ? [index + 1] : []));
}

function isProse(line: string): boolean {
  return /^\s*(\/\/|\/\*|\* |# )/.test(line) && !/https?:\/\/\S{60}|^\s*\* \|/.test(line);
}
