import { chmodSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { list } from 'tar';
import { afterAll, describe, expect, it } from 'vitest';
import { pack } from '../../../scripts/artifacts/pack.ts';

const place = mkdtempSync(join(tmpdir(), 'dojang-pack-'));
afterAll(() => rmSync(place, { recursive: true }));

/** A folder with these files, written in this order. */
function folder(name: string, files: readonly (readonly [string, string])[]): string {
  for (const [file, text] of files) {
    mkdirSync(join(place, name, file, '..'), { recursive: true });
    writeFileSync(join(place, name, file), text);
  }
  return join(place, name);
}

describe('a packed folder', () => {
  it('has the same digest whenever and in whatever order its files were written', async () => {
    const one = folder('one', [
      ['b/c', '1'],
      ['a', '2'],
      ['b/a/d', '3'],
    ]);
    const two = folder('two', [
      ['b/a/d', '3'],
      ['a', '2'],
      ['b/c', '1'],
    ]);
    utimesSync(join(two, 'a'), 1, 1);
    expect(await pack(two, join(place, 'two.tar.gz'))).toEqual(await pack(one, join(place, 'one.tar.gz')));
  });

  it('has another one when a byte or a mode is another', async () => {
    const base = await pack(folder('base', [['run', '1']]), join(place, 'base.tar.gz'));
    const other = await pack(folder('other', [['run', '2']]), join(place, 'other.tar.gz'));
    chmodSync(join(folder('mode', [['run', '1']]), 'run'), 0o755);
    const mode = await pack(join(place, 'mode'), join(place, 'mode.tar.gz'));
    expect(new Set([base.digest, other.digest, mode.digest]).size).toBe(3);
  });

  it('holds every file, in folders too', async () => {
    await pack(
      folder('all', [
        ['x', ''],
        ['y/z', ''],
      ]),
      join(place, 'all.tar.gz'),
    );
    const names: string[] = [];
    await list({ file: join(place, 'all.tar.gz'), onReadEntry: ({ path }) => names.push(path) });
    expect(names).toEqual(['x', 'y/z']);
  });
});
