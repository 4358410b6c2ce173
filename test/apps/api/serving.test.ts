/** Which of two processes does the work of the queue, by files that their host writes. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { servingCheck } from '../../../apps/api/src/serving.ts';

let folder: string;
let lines: { readonly msg: string }[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dojang-serving-'));
  lines = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const log = pino({ base: undefined }, { write: (line: string) => void lines.push(JSON.parse(line)) });
const file = (name: string) => join(folder, name);
const write = (name: string, content: string) => writeFileSync(file(name), content);
const check = (name: 'a' | 'b') => servingCheck({ name, servingFile: file('serving'), shareFile: file('share') }, log);
const both = () => Promise.all([check('a')(), check('b')()]);

describe('of two slots', () => {
  it.each([
    ['the one in the file serves alone', 'a\n', undefined, [true, false]],
    ['the other does once it is written', 'b\n', undefined, [false, true]],
    ['one with a share works too', 'a\n', 'b\n', [true, true]],
    ['one whose share ends does not', 'a\n', 'b ends\n', [true, false]],
    ['the share of the one that serves changes nothing', 'a\n', 'a\n', [true, false]],
    ['both work when the file names neither', 'c\n', undefined, [true, true]],
    ['both work when the file is empty, as after a full disk', '', undefined, [true, true]],
    ['both work when the file is something else altogether', 'a'.repeat(1_000_000), undefined, [true, true]],
  ] as const)('%s', async (_, serving, share, expected) => {
    write('serving', serving);
    if (share !== undefined) write('share', share);
    expect(await both()).toEqual(expected);
  });

  it('both work when the file is missing, or cannot be read', async () => {
    expect(await both()).toEqual([true, true]);
    mkdirSync(file('serving'));
    expect(await both()).toEqual([true, true]);
  });
});

it('is known at once when it changes, and logged once for each change', async () => {
  const serves = check('b');
  const said: boolean[] = [];
  for (const slot of ['a', 'a', 'b', 'b', 'a']) {
    write('serving', `${slot}\n`);
    said.push(await serves());
  }
  expect(said).toEqual([false, false, true, true, false]);
  const left = 'contracts are left to the other slot';
  expect(lines.map(({ msg }) => msg)).toEqual([left, 'contracts are taken', left]);
});

it('a file that cannot be read is logged once, until it can be again', async () => {
  const serves = check('a');
  for (const _ of [1, 2, 3]) await serves();
  write('serving', 'a\n');
  await serves();
  rmSync(file('serving'));
  await serves();
  expect(lines.filter(({ msg }) => msg.includes('cannot be read'))).toHaveLength(2);
});

it('a process without slots always serves', async () => {
  expect(await servingCheck(undefined, log)()).toBe(true);
});
